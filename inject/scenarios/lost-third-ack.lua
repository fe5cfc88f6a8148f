-- The ACK of the SYN,ACK is late: the server repeats its SYN,ACK after 1 and 2 seconds more.
-- RFC 6298 2, 5: the timer starts at 1 s and doubles. Linux goes on at 7, 15, 31 s, and gives up
-- without a word (tcp_synack_retries, 5). The late ACK completes the handshake.
-- Names: synack-retransmitted, handshake-complete
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
expect{flags="SA", seq=y, ack=x+1, after=0.9, within=1.5}
kernel.is("SYN-RECEIVED")
expect{flags="SA", seq=y, ack=x+1, after=1.9, within=2.7}
send{flags="A"}
kernel.is("ESTABLISHED")
assert(server.accept(), "it completes")
