-- A SYN in the window of an established connection: it asks back, and resets nothing.
-- RFC 793 reset the connection. RFC 9293 3.10.7.4 (RFC 5961 4): a challenge ACK; only an end that
-- really has forgotten the connection answers that with a RST.
-- Names: handshake-complete, blind-syn, challenge-ack
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{flags="S", seq=x+1000, forged=true}
expect{flags="A", seq=y+1, ack=x+1}
wait(0.6)                             -- Linux answers such segments twice a second at most
send{flags="S", seq=x+1, forged=true} -- the number that is expected next
expect{flags="A", seq=y+1, ack=x+1}
send{data="on"}
expect{flags="A", ack=x+3}
kernel.is("ESTABLISHED")
