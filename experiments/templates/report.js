'use strict';

// The theme: the system's until the button is pressed.
const theme = document.getElementById('theme');
const dark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
const nameTheme = () => {
  theme.textContent = isDark() ? 'Light' : 'Dark';
  theme.setAttribute('aria-label', `use the ${isDark() ? 'light' : 'dark'} theme`);
};
theme.hidden = false;
nameTheme();

// The contents stand open where there is room beside the report.
document.getElementById('contents').open = matchMedia('(min-width: 75rem)').matches;

// The film.
const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

const player = (reel) => {
  const time = document.getElementById('time');
  const now = document.getElementById('now');
  const play = document.getElementById('play');
  const ownScale = document.getElementById('own-scale');
  const panels = ['hartree', 'vlasov', 'difference'].map((id, k) => ({
    ...reel.panels[k],
    colours: bytes(reel.panels[k].colours),
    canvas: document.getElementById(id),
    sup: document.getElementById(`${id}-sup`),
  }));
  const frames = reel.frames.map((frame) => frame.map((picture) => ({ ...picture, levels: bytes(picture.levels) })));

  // One pixel a cell; the ordinate runs upwards, pixels downwards.
  const image = (panel, picture, range) => {
    const sheet = document.createElement('canvas');
    [sheet.width, sheet.height] = [reel.columns, reel.rows];
    const context = sheet.getContext('2d');
    const data = context.createImageData(reel.columns, reel.rows);
    const step = (picture.own.high - picture.own.low) / reel.levels;
    const span = range.high - range.low;
    picture.levels.forEach((level, at) => {
      const value = picture.own.low + step * level;
      const part = span > 0 ? Math.min(Math.max((value - range.low) / span, 0), 1) : 0.5;
      const colour = 3 * Math.round(part * reel.levels);
      const pixel = 4 * ((reel.rows - 1 - Math.floor(at / reel.columns)) * reel.columns + (at % reel.columns));
      data.data.set(panel.colours.subarray(colour, colour + 3), pixel);
      data.data[pixel + 3] = 255;
    });
    context.putImageData(data, 0, 0);
    return sheet;
  };

  const bar = (panel) => {
    const sheet = document.createElement('canvas');
    [sheet.width, sheet.height] = [1, reel.levels + 1];
    const context = sheet.getContext('2d');
    for (let level = 0; level <= reel.levels; level += 1) {
      const [r, g, b] = panel.colours.subarray(3 * level, 3 * level + 3);
      context.fillStyle = `rgb(${r} ${g} ${b})`;
      context.fillRect(0, reel.levels - level, 1, 1);
    }
    return sheet;
  };

  const draw = (panel, picture) => {
    const { canvas } = panel;
    const range = ownScale.checked ? picture.own : panel.all;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const ratio = window.devicePixelRatio || 1;
    [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    const context = canvas.getContext('2d');
    context.scale(ratio, ratio);
    const style = getComputedStyle(canvas);
    context.fillStyle = context.strokeStyle = style.color;
    context.font = `12px ${style.fontFamily}`;
    const [left, top] = [42, 8];
    const [w, h] = [width - left - 84, height - top - 40];
    const x = (value) => left + (w * (value - reel.x.low)) / (reel.x.high - reel.x.low);
    const y = (value) => top + h * (1 - (value - reel.y.low) / (reel.y.high - reel.y.low));
    context.imageSmoothingEnabled = true;
    context.drawImage(image(panel, picture, range), left, top, w, h);
    context.strokeRect(left, top, w, h);
    context.textAlign = 'center';
    for (const [value, name] of reel.x.ticks) {
      context.fillRect(x(value) - 0.5, top + h, 1, 4);
      context.fillText(name, x(value), top + h + 17);
    }
    context.fillText(reel.labels[0], left + w / 2, top + h + 33);
    context.textAlign = 'right';
    for (const [value, name] of reel.y.ticks) {
      context.fillRect(left - 4, y(value) - 0.5, 4, 1);
      context.fillText(name, left - 7, y(value) + 4);
    }
    context.fillText(reel.labels[1], 10, top + h / 2 + 4);
    context.textAlign = 'left';
    context.drawImage(bar(panel), left + w + 10, top, 12, h);
    context.strokeRect(left + w + 10, top, 12, h);
    const span = range.high - range.low;
    for (const [value, name] of range.ticks) {
      const at = top + h * (span > 0 ? 1 - (value - range.low) / span : 0.5);
      context.fillRect(left + w + 22, at - 0.5, 3, 1);
      context.fillText(name, left + w + 28, at + 4);
    }
  };

  const show = () => {
    const frame = Number(time.value);
    now.value = `t = ${reel.times[frame]}`;
    time.setAttribute('aria-valuetext', now.value);
    panels.forEach((panel, k) => {
      const picture = frames[frame][k];
      panel.sup.value = picture.sup;
      panel.canvas.setAttribute('aria-label', `${panel.name} at ${now.value}: supremum ${picture.sup}`);
      draw(panel, picture);
    });
  };

  let running = 0;
  const stop = () => {
    clearInterval(running);
    running = 0;
    play.textContent = 'Play';
    play.setAttribute('aria-pressed', 'false');
  };
  const start = () => {
    if (time.value === time.max) time.value = time.min;
    show();
    running = setInterval(() => {
      time.value = Number(time.value) + 1;
      show();
      if (time.value === time.max) stop();
    }, 600);
    play.textContent = 'Pause';
    play.setAttribute('aria-pressed', 'true');
  };
  play.addEventListener('click', () => (running ? stop() : start()));
  time.addEventListener('input', () => {
    stop();
    show();
  });
  ownScale.addEventListener('change', show);
  new ResizeObserver(show).observe(document.getElementById('player'));
  return show;
};

const reel = document.getElementById('reel');
const redraw = reel ? player(JSON.parse(reel.textContent)) : () => {};
theme.addEventListener('click', () => {
  const chosen = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = chosen;
  try {
    localStorage.setItem('semiclassical-theme', chosen);
  } catch { /* not remembered */ }
  nameTheme();
  redraw();
});
dark.addEventListener('change', () => {
  nameTheme();
  redraw();
});
