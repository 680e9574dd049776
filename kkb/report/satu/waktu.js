/* The time the talk may take, when the pack says how many minutes; it runs from the first full screen or press. */
const timer = { begun: null, spent: 0 };
const clock = (seconds) => ("0" + Math.floor(seconds / 60)).slice(-2) + ":" + ("0" + Math.floor(seconds % 60)).slice(-2);
const spent = () => timer.spent + (timer.begun === null ? 0 : Date.now() - timer.begun) / 1000;
const runTimer = (isOn) => {
  if (isOn === (timer.begun !== null)) return;
  timer.spent = spent();
  timer.begun = isOn ? Date.now() : null;
};
const timeTold = () => {
  const left = pack.minutes * 60 - spent();
  return left >= 0 ? say("timeLeft", { clock: clock(Math.ceil(left)) }) : say("timeOver", { clock: clock(-left) });
};
