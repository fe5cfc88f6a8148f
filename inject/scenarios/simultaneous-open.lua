-- Both ends open at once: the SYNs cross, each answers with SYN,ACK, and both are established.
-- RFC 9293 3.5 figure 7. The SYN,ACK repeats the SYN: its seq is the ISN and not ISN+1.
-- Linux repeats the SYN's options too, though ours offered none.
-- Names: simultaneous-open
local s = kernel.connect{}
expect{flags="S"}
send{flags="S"}
expect{flags="SA", seq=x, ack=y+1}
kernel.is("SYN-RECEIVED")
send{flags="SA", seq=y, ack=x+1}
expect{flags="A", seq=x+1, ack=y+1}
kernel.is("ESTABLISHED")
send{data="both opened"}
expect{flags="A", ack=y+12}
assert(s.hear() == "both opened")
