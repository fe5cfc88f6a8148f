-- Nobody listens: what a SYN, an ACK, a FIN and a RST to that port are answered with.
-- RFC 9293 3.5.2, first group: a segment with ACK is answered by R seq=SEG.ACK; one without by
-- R,A seq=0 ack=SEG.SEQ+SEG.LEN, where SYN and FIN count 1; a RST by nothing, ever.
-- Names: refused, rst-no-connection, fin-unknown, ack-number-without-flag
send{flags="S", to=8080}
expect{flags="RA", seq=0, ack=x+1, len=0, win=0}
local a, f, fa, r = peer(), peer(), peer(), peer()
a.send{flags="A", seq=1000, ack=5000}
a.expect{flags="R", seq=5000, ack=0, len=0, win=0}
f.send{flags="F", seq=1000, ack=5000} -- its ack number counts for nothing without the flag
f.expect{flags="RA", seq=0, ack=1001}
fa.send{flags="FA", seq=1000, ack=5000}
fa.expect{flags="R", seq=5000, ack=0}
r.send{flags="R", seq=1000}
r.silence(0.3)
