-- An old SYN comes first: the client's RST sends the server back to LISTEN, and the new SYN opens.
-- RFC 9293 3.5 figure 8, with the kernel as TCP Peer B. (As Peer A: wrong-ack-in-syn-sent.)
-- Names: handshake-complete, half-open-scan
local server = kernel.listen{}
again(100)
send{flags="S", seq=90}              -- (3) the old one
expect{flags="SA", ack=91}           -- (4)
send{flags="R", seq=91}              -- (5)
kernel.is("CLOSED")
again(100)
send{flags="S", seq=100}             -- (6)
expect{flags="SA", ack=101}          -- (7)
send{flags="A", seq=101}             -- (8)
assert(server.accept())
