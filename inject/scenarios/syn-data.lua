-- Data on a SYN without Fast Open: legal, but only the SYN is acknowledged.
-- RFC 9293 3.5 lets data ride on a SYN, to be delivered after the handshake. Linux drops it; the
-- client sends it again with the third ACK.
-- Names: syn-data-without-tfo, handshake-complete
local server = kernel.listen{}
send{flags="S", data="early"}
expect{flags="SA", ack=x+1}
send{data="early", seq=x+1}
expect{flags="A", seq=y+1, ack=x+6}
assert(server.accept().hear() == "early")
