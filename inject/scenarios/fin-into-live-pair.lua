-- A forged FIN between two sockets of the kernel: one is in CLOSE-WAIT, the other knows nothing.
-- RFC 9293 3.10.7.4. Each finds the other's numbers wrong, and says its own; the limit of one such
-- ACK in 500 ms ends that (RFC 5961 7).
-- Names: handshake-complete, close-incomplete
local server = kernel.listen{}
local c = kernel.connect{to=8080}
local s = server.accept()
local to_server = peer{port=c.port(), peer_port=8080}
local to_client = peer{port=8080, peer_port=c.port()}
to_server.settle(0.1)
to_client.settle(0.1)
local ends, begins = to_server.seq, to_server.ack
to_server.send{flags="FA"}
to_server.expect{flags="A", seq=begins, ack=ends+1}
to_client.expect{flags="A", seq=ends, ack=begins}
to_server.expect{flags="A", seq=begins, ack=ends+1}
to_server.silence(0.3)
assert(s.hear() == "")
assert(s.state() == "CLOSE-WAIT" and c.state() == "ESTABLISHED")
