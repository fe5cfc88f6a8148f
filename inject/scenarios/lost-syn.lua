-- The client's SYN is lost three times: when Linux sends it again.
-- RFC 6298 2, 5: after 1 s, then twice that. Linux since 6.5: at 1, 2, 3, 4 s, and doubles only
-- then (tcp_syn_linear_timeouts, 4); older ones repeat it at 1, 3, 7 s.
-- Names: syn-retransmitted, handshake-complete
local s = kernel.connect{}
local first = drop{flags="S"}
local second = drop{flags="S", seq=first.seq, after=0.9, within=1.5}
local third = drop{flags="S", seq=first.seq, after=0.9, within=2.7}
expect{flags="S", seq=first.seq, after=0.9, within=4.7}
note(third.time - second.time < 1.5 and "each a second after the other: linear timeouts"
	or "the interval doubles: a kernel before 6.5")
send{flags="SA"}
expect{flags="A", seq=x+1, ack=y+1}
kernel.is("ESTABLISHED")
