class Learn(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Learn,
    inputs: Tensor,
    targets: Tensor,
    offsets: Tensor,
    preferred: Tensor,
    bounds: List[Tensor],
    picked: Tensor,
    theta: Tensor,
    gradient: Tensor,
    m: Tensor,
    v: Tensor,
    w: List[Tensor],
    b: List[Tensor],
    gradW: List[Tensor],
    gradB: List[Tensor],
    h: List[Tensor],
    d: List[Tensor],
    steps: List[float],
    corrections: List[float],
    adam: List[float],
    objective: int,
    tanh: bool,
    losses: Tensor,
    agreements: Tensor) -> int:
    layers = torch.len(w)
    top = torch.sub(layers, 1)
    members = torch.size(w[0], 0)
    owners = torch.size(picked, 1)
    batch = torch.size(picked, 2)
    squashed = torch.gt(torch.len(bounds), 0)
    judged = torch.gt(torch.numel(preferred), 0)
    for u in range(torch.size(picked, 0)):
      rows = torch.reshape(torch.select(picked, 0, u), [-1])
      x = torch.reshape(torch.index_select(inputs, 0, rows), [owners, batch, -1])
      x = torch.expand(x, [members, -1, -1])
      t = torch.reshape(torch.index_select(targets, 0, rows), [owners, batch, -1])
      below = x
      for i in range(layers):
        below = torch.baddbmm(b[i], below, w[i], out=h[i])
        if torch.lt(i, top):
          if tanh:
            below = torch.tanh_(below)
          else:
            below = torch.relu_(below)
      if torch.eq(objective, 0):
        logQ = torch.log_softmax(below, -1, None)
        offset = torch.reshape(torch.index_select(offsets, 0, rows), [owners, batch])
        loss = torch.sub(offset, torch.sum(torch.mul(t, logQ), [-1], False))
        g = torch.sub(torch.exp(logQ), t, out=d[top])
      elif torch.eq(objective, 1):
        q = torch.softmax(below, -1, None)
        e = torch.sub(q, t)
        loss = torch.sum(torch.mul(e, e), [-1], False)
        mean = torch.sum(torch.mul(q, e), [-1], True)
        g = torch.mul(torch.mul(torch.sub(e, mean), 2.), q, out=d[top])
      elif squashed:
        part = torch.div(torch.add(torch.tanh(below), 1.), 2.)
        e = torch.sub(torch.add(torch.mul(part, bounds[1]), bounds[0]), t)
        loss = torch.sum(torch.mul(e, e), [-1], False)
        slope = torch.mul(torch.mul(torch.sub(part, torch.mul(part, part)), 2.), bounds[1])
        g = torch.mul(torch.mul(e, 2.), slope, out=d[top])
      else:
        e = torch.sub(below, t)
        loss = torch.sum(torch.mul(e, e), [-1], False)
        g = torch.mul(e, 2., out=d[top])
      g = torch.div_(d[top], batch)
      g = torch.copy_(torch.select(losses, 0, u), torch.sum(loss, [-1], False))
      if judged:
        best = torch.argmax(below, -1, False)
        agreed = torch.eq(best, torch.reshape(torch.index_select(preferred, 0, rows), [owners, batch]))
        g = torch.copy_(torch.select(agreements, 0, u), torch.sum(agreed, [-1], False))
      for j in range(layers):
        i = torch.sub(top, j)
        if torch.lt(i, top):
          if tanh:
            g = torch.tanh_backward(d[i], h[i], grad_input=d[i])
          else:
            g = torch.threshold_backward(d[i], h[i], 0, grad_input=d[i])
        below = x
        if torch.gt(i, 0):
          below = h[torch.sub(i, 1)]
        g = torch.bmm(torch.transpose(below, 1, 2), d[i], out=gradW[i])
        g = torch.sum(d[i], [1], True, out=gradB[i])
        if torch.gt(i, 0):
          g = torch.bmm(d[i], torch.transpose(w[i], 1, 2), out=d[torch.sub(i, 1)])
      g = torch.add_(torch.mul_(m, adam[0]), gradient, alpha=adam[1])
      g = torch.addcmul_(torch.mul_(v, adam[2]), gradient, gradient, value=adam[3])
      g = torch.add_(torch.mul_(torch.sqrt(v), corrections[u]), adam[4])
      g = torch.addcdiv_(theta, m, g, value=steps[u])
    return 0
