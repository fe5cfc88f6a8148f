-- A segment without any flag, and a FIN without ACK: neither is answered nor taken in.
-- RFC 9293 3.10.7.4, fifth: "if the ACK bit is off, drop the segment".
-- Names: handshake-complete, illegal-flags, fin-without-ack
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{flags="none", forged=true}
silence(0.2)
send{flags="none", data="unseen", forged=true}
silence(0.2)
send{flags="F", forged=true}
silence(0.2)
kernel.is("ESTABLISHED")
send{data="on"}
expect{flags="A", ack=x+3}
assert(s.hear() == "on")
