-- A program gives up its connect(): nothing is sent, until the SYN,ACK comes and gets a RST.
-- RFC 9293 3.10.4: CLOSE in SYN-SENT deletes the TCB. The SYN,ACK then meets no connection,
-- 3.10.7.1. From outside it is a half-open scan.
-- Names: half-open-scan
local s = kernel.connect{}
expect{flags="S"}
s.close()
silence(0.2)
kernel.is("CLOSED")
send{flags="SA"}
expect{flags="R", seq=x+1, ack=0}
