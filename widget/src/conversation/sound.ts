const LATE_MS = 1_000;

let context: AudioContext | undefined;
let sounding = 0;

/** A soft two-tone blip. Browsers that allow no sound before the first touch of the page stay silent. */
export async function blip(): Promise<void> {
  try {
    context ??= new AudioContext();
    const asked = Date.now();
    await context.resume();
    // A browser that waited for the first touch lets all that was asked for sound at once: that is no news any more.
    if (Date.now() - asked > LATE_MS) return;
    tone(context, 660, 0);
    tone(context, 880, 0.09);
  } catch {
    // No audio here: the badge and the title tell as well.
  }
}

function tone(audio: AudioContext, pitch: number, after: number): void {
  const from = audio.currentTime + after;
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.frequency.value = pitch;
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(0.08, from + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.22);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(from);
  oscillator.stop(from + 0.24);
  sounding += 1;
  // A context that runs keeps the device's audio awake, though nothing sounds.
  oscillator.onended = () => {
    sounding -= 1;
    if (sounding === 0) void audio.suspend();
  };
}
