-- SO_REUSEADDR helps over TIME-WAIT only if the earlier socket on the port had it too.
-- socket(7); the socket in TIME-WAIT keeps the setting of the listener that accepted it. The first
-- server has gone without the option, the second with it.
-- Names: time-wait
for port, had in pairs{[8080]=false, [8081]=true} do
  local server = kernel.listen{port=port, reuse=had}
  again()
  send{flags="S", to=port}
  expect{flags="SA", ack=x+1}
  send{flags="A"}
  local s = server.accept()
  s.close()
  server.close()
  expect{flags="FA", seq=y+1}
  send{flags="FA"}
  expect{flags="A", ack=x+2}
  kernel.is("TIME-WAIT")
  local next, why = kernel.listen{port=port, reuse=true, fails=true}
  assert(had and next or why == "EADDRINUSE")
end
