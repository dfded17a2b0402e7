/** Plays the episodes' music into WAV files: real audio, and no file to ship. */
import {SAMPLE_RATE, type Episode} from './episodes.js';
import {createRandom} from './random.js';

/** Minor pentatonic: any of its notes sound well together. */
const SCALE = [0, 3, 5, 7, 10, 12, 15, 17, 19, 22];
/** Roots of the four bars, in steps of the scale. */
const CHORDS = [0, 3, 4, 2];
const STEPS_IN_BAR = 8;

/** Music for this long is composed; a longer episode repeats it. */
const LOOP_SECONDS = 60;

/** The whole WAV file of an episode; the same bytes at every call. */
export function synthesise(episode: Episode): Buffer {
  const samples = episode.seconds * SAMPLE_RATE;
  const file = Buffer.alloc(44 + samples * 2);
  writeHeader(file, samples);
  const pcm = new Int16Array(file.buffer, file.byteOffset + 44, samples);
  const loop = compose(episode);
  for (let at = 0; at < samples; at += loop.length) {
    pcm.set(loop.subarray(0, samples - at), at);
  }
  return file;
}

/** Whole bars, whose last notes sound on into the first bar. */
function compose({slug, tempo, key}: Episode): Int16Array {
  const random = createRandom(slug);
  const step = Math.round((SAMPLE_RATE * 60) / tempo / 2);
  const round = STEPS_IN_BAR * CHORDS.length;
  const steps = Math.round((LOOP_SECONDS * SAMPLE_RATE) / step / round) * round;
  const mix = new Float32Array(steps * step);
  const notes = SCALE.map((tone) => renderNote(key + tone, 1.4));
  const bass = SCALE.map((tone) => renderNote(key + tone - 12, 2.6));
  for (let index = 0; index < steps; index += 1) {
    const bar = Math.floor(index / STEPS_IN_BAR);
    const root = CHORDS[bar % CHORDS.length] ?? 0;
    const at = index * step;
    if (index % STEPS_IN_BAR === 0) add(mix, bass[root], at, 0.9);
    if (random() < 0.72) {
      const tone = root + Math.floor(random() * (SCALE.length - root));
      add(mix, notes[tone], at, 0.35 + random() * 0.3);
    }
  }
  const pcm = new Int16Array(mix.length);
  for (let at = 0; at < mix.length; at += 1) {
    const level = mix[at] ?? 0;
    // A soft knee instead of a hard edge where many notes meet.
    pcm[at] = (level / (1 + Math.abs(level))) * 30_000;
  }
  return pcm;
}

function add(
  mix: Float32Array,
  note: Float32Array | undefined,
  at: number,
  gain: number,
): void {
  if (note === undefined) return;
  let place = at;
  for (const level of note) {
    if (place === mix.length) place = 0;
    mix[place] = (mix[place] ?? 0) + level * gain;
    place += 1;
  }
}

/** A plucked string, more or less: harmonics that die the faster the higher. */
function renderNote(semitones: number, seconds: number): Float32Array {
  const frequency = 110 * 2 ** (semitones / 12);
  const note = new Float32Array(Math.floor(seconds * SAMPLE_RATE));
  const fade = note.length * 0.1;
  for (let at = 0; at < note.length; at += 1) {
    const time = at / SAMPLE_RATE;
    const phase = 2 * Math.PI * frequency * time;
    note[at] =
      (Math.sin(phase) * Math.exp(-2.2 * time) +
        0.45 * Math.sin(2 * phase) * Math.exp(-4.5 * time) +
        0.2 * Math.sin(3 * phase) * Math.exp(-7 * time)) *
      Math.min(1, time * 220, (note.length - at) / fade);
  }
  return note;
}

/** @see http://soundfile.sapp.org/doc/WaveFormat/ */
function writeHeader(file: Buffer, samples: number): void {
  const bytes = samples * 2;
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + bytes, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20); // PCM
  file.writeUInt16LE(1, 22); // channels
  file.writeUInt32LE(SAMPLE_RATE, 24);
  file.writeUInt32LE(SAMPLE_RATE * 2, 28);
  file.writeUInt16LE(2, 32); // bytes a frame
  file.writeUInt16LE(16, 34); // bits a sample
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(bytes, 40);
}
