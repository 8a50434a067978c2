class Forward(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Forward,
    x: Tensor,
    w: List[Tensor],
    b: List[Tensor],
    h: List[Tensor],
    headIn: List[Tensor],
    headW: List[Tensor],
    headOut: List[Tensor],
    tanh: bool,
    padded: List[Tensor],
    minusOne: Tensor) -> int:
    below = x
    for i in range(torch.len(w)):
      if tanh:
        twice = torch.baddbmm(b[i], below, w[i], beta=2, alpha=2, out=h[i])
        s = torch.sigmoid_(padded[i])
        below = torch.add(minusOne, h[i], alpha=2, out=h[i])
      else:
        below = torch.relu_(torch.baddbmm(b[i], below, w[i], out=h[i]))
    for k in range(torch.len(headW)):
      if torch.eq(torch.size(x, 1), 1):
        row = torch.transpose(headOut[k], 1, 2)
        o = torch.bmm(headIn[k], torch.transpose(headW[k], 1, 2), out=row)
      else:
        o = torch.bmm(headW[k], torch.transpose(headIn[k], 1, 2), out=headOut[k])
    return 0
class Backward(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Backward,
    x: Tensor,
    w: List[Tensor],
    h: List[Tensor],
    d: List[Tensor],
    gradW: List[Tensor],
    gradB: List[Tensor],
    headIn: List[Tensor],
    headW: List[Tensor],
    headOutD: List[Tensor],
    headInD: List[Tensor],
    headGradW: List[Tensor],
    tanh: bool,
    shared: bool,
    dx: List[Tensor],
    weights: bool) -> int:
    layers = torch.len(w)
    for k in range(torch.len(headW)):
      up = headOutD[k]
      if weights:
        g = torch.bmm(up, headIn[k], out=headGradW[k])
      if torch.gt(torch.len(headInD), 0):
        turned = torch.transpose(up, 1, 2)
        if shared and torch.gt(k, 0):
          g = torch.baddbmm(headInD[k], turned, headW[k], out=headInD[k])
        else:
          g = torch.bmm(turned, headW[k], out=headInD[k])
    for j in range(layers):
      i = torch.sub(torch.sub(layers, j), 1)
      if tanh:
        g = torch.tanh_backward(d[i], h[i], grad_input=d[i])
      else:
        g = torch.threshold_backward(d[i], h[i], 0, grad_input=d[i])
      if weights:
        below = x
        if torch.gt(i, 0):
          below = h[torch.sub(i, 1)]
        g = torch.bmm(torch.transpose(below, 1, 2), d[i], out=gradW[i])
        g = torch.sum(d[i], [1], True, out=gradB[i])
      if torch.gt(i, 0):
        g = torch.bmm(d[i], torch.transpose(w[i], 1, 2), out=d[torch.sub(i, 1)])
      elif torch.gt(torch.len(dx), 0):
        g = torch.bmm(d[i], torch.transpose(w[i], 1, 2), out=dx[0])
    return 0
