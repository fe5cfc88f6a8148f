-- A SYN,ACK in an established connection, with another ISN and as the client knows it.
-- RFC 9293 3.10.7.4 (RFC 5961 4): both are answered with a challenge ACK.
-- Names: handshake-complete, challenge-ack, second-synack
local s = kernel.connect{}
expect{flags="S"}
send{flags="SA"}
expect{flags="A", seq=x+1, ack=y+1}
wait(0.6)
send{flags="SA", seq=y+5000, forged=true}
expect{flags="A", seq=x+1, ack=y+1}
wait(0.6)
send{flags="SA", seq=y, forged=true}
expect{flags="A", seq=x+1, ack=y+1}
send{data="on"}
expect{flags="A", ack=y+3}
kernel.is("ESTABLISHED")
