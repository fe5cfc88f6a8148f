-- Our FIN meets a full buffer: the window is zero, and the FIN is taken all the same.
-- RFC 9293 3.10.7.4 (first check): with a window of zero only an ACK is acceptable, and a FIN takes
-- a number. Linux differs: for a FIN without data at RCV.NXT it always has room.
-- Names: zero-window-at-close, close-four, time-wait
local server = kernel.listen{set={rcvbuf=2304}}
send{flags="S"}
local win = expect{flags="SA", ack=x+1}.win
send{flags="A"}
local s = server.accept()
while win > 0 do
  send{data=("x"):rep(math.min(win, 1000))}
  win = expect{flags="A", ack=seq}.win
end
local said = seq - (x + 1)
send{flags="FA"}
expect{flags="A", win=0, ack=seq}
kernel.is("CLOSE-WAIT")
assert(#s.hear() == said & 0xffffffff)
s.close()
settle(0.1)
send{flags="A"}
kernel.is("CLOSED")
