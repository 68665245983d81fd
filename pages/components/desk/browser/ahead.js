// Newer rows behind the one on the screen, which keys.js takes if nobody has pressed meanwhile; or word
// that another tab has recorded something, so that the desk is drawn anew.

export default function ({ data }) {
  if (data.queue) window.labelDesk?.renew(data.queue)
  if (data.look) window.labelDesk?.look(data.look)
}
