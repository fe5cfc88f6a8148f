-- A forged RST between two sockets of the kernel: one is gone, and the other learns it by talking.
-- RFC 5961 3.2: only the exact number resets. What the client says then meets no connection.
-- Names: rst-exact, rst-no-connection
local server = kernel.listen{}
local c = kernel.connect{to=8080}
local s = server.accept()
local forger = peer{port=c.port(), peer_port=8080}
forger.settle(0.1)
forger.send{flags="R"}
local text, why = s.hear()
assert(not text and why == "ECONNRESET")
assert(c.state() == "ESTABLISHED")
c.say("still there?")
forger.expect{flags="R"}
text, why = c.hear()
assert(not text and why == "ECONNRESET")
