-- A SYN,ACK that acknowledges another SYN: a RST goes back, and connect() waits on.
-- RFC 9293 3.10.7.3, first: SEG.ACK outside (ISS, SND.NXT] is answered with <SEQ=SEG.ACK><CTL=RST>.
-- Names: synack-wrong-ack, handshake-complete
local s = kernel.connect{}
expect{flags="S"}
send{flags="SA", ack=x+1000, forged=true}
expect{flags="R", seq=x+1000, ack=0}
kernel.is("SYN-SENT")
send{flags="SA"}
expect{flags="A", seq=x+1, ack=y+1}
kernel.is("ESTABLISHED")
