// Newer rows behind the one on the screen; keys.js takes them if nobody has pressed meanwhile.

export default function ({ data }) {
  window.labelDesk?.renew(data.queue)
}
