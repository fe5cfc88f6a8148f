-- A SYN whose number is below the old ones, but whose timestamp is later: TIME-WAIT lets it in.
-- RFC 6191 2. Here the new ISN is 1000000 below.
-- Names: time-wait, reuse-legal, handshake-complete
local server = kernel.listen{}
send{flags="S", opt="mss=1460,ts=5000:0"}
expect{flags="SA", ack=x+1}
send{flags="A", opt="ts=5000:0"}
local s = server.accept()
s.close()
expect{flags="FA", seq=y+1}
send{flags="FA", opt="ts=5000:0"}
expect{flags="A", ack=x+2}
kernel.is("TIME-WAIT")
local old = y + 2
again(x - 1000000)
send{flags="S", opt="mss=1460,ts=5001:0"}
expect{flags="SA", seq=old+65537, ack=x+1}
send{flags="A", opt="ts=5001:0"}
assert(server.accept())
kernel.is("ESTABLISHED")
