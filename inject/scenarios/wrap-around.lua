-- Numbers are modulo 2^32: data that cross zero, and in a second connection a FIN that does.
-- RFC 9293 3.4. x, and what is counted from it, goes on beyond 2^32 in a script.
-- Names: seq-wrapped, close-four, time-wait
local server = kernel.listen{}
for _, isn in ipairs{2^32 - 4, 2^32 - 7} do
  again(isn)
  send{flags="S"}
  expect{flags="SA", ack=x+1}
  send{flags="A"}
  local s = server.accept()
  send{data="hello"}
  expect{flags="A", ack=x+6}
  assert(s.hear() == "hello")
  send{flags="FA"}
  expect{flags="A", ack=x+7}
  s.close()
  expect{flags="FA", seq=y+1}
  send{flags="A"}
  kernel.is("CLOSED")
end
