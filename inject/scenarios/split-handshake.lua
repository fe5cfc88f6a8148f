-- The server answers with a bare SYN, and with a plain ACK later: no SYN,ACK of its own.
-- RFC 9293 3.5: the client takes it for a simultaneous open. Some firewalls lost their way here.
-- Names: split-handshake
local s = kernel.connect{}
expect{flags="S"}
send{flags="S"}
expect{flags="SA", seq=x, ack=y+1}
send{flags="A"}
kernel.is("ESTABLISHED")
s.say("hello")
expect{flags="A", seq=x+1, data="hello"}
send{flags="A"}
