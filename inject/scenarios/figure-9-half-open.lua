-- A crashed client opens again: the old numbers in the answer tell it, and its RST clears the way.
-- RFC 9293 3.5.1 figure 9, with the kernel as TCP Peer B: its answer to the SYN is a challenge ACK.
-- Names: half-open-discovered, handshake-complete
local server = kernel.listen{}
again(99)
send{flags="S"}
expect{flags="SA", ack=100}
send{flags="A"}
local old = server.accept()
again(400)                           -- (1) the crash
send{flags="S"}                      -- (3)
local told = drop{flags="A", ack=100} -- (4)
send{flags="R", seq=told.ack}        -- (5)
kernel.is("CLOSED")                  -- (6)
assert(select(2, old.hear()) == "ECONNRESET")
send{flags="S", seq=400}             -- (7)
expect{flags="SA", ack=401}
send{flags="A", seq=401}
assert(server.accept())
