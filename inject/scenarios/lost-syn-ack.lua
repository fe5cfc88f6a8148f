-- The server's SYN,ACK is lost: the client's repeated SYN gets the same SYN,ACK once more.
-- RFC 9293 3.10.7.4, first: such a SYN lies before the window, and is answered with an ACK. Linux
-- sends its SYN,ACK again instead, at once, with the same ISN.
-- Names: syn-retransmitted, synack-retransmitted, handshake-complete
local server = kernel.listen{}
send{flags="S"}
local first = drop{flags="SA", ack=x+1}
wait(0.5)
send{flags="S", seq=x}
expect{flags="SA", seq=first.seq, ack=x+1, within=0.3}
send{flags="A"}
assert(server.accept())
