// Makes pages nicer that work without it: times and numbers as the reader writes them, tables as pictures, files that are dropped.
(() => {
  'use strict';
  const times = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
  const numbers = new Intl.NumberFormat();
  const ago = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });

  const words = (at) => {
    const minutes = (at - Date.now()) / 60000;
    const far = Math.abs(minutes);
    if (far < 60) return ago.format(Math.round(minutes), 'minute');
    if (far < 24 * 60) return ago.format(Math.round(minutes / 60), 'hour');
    return far < 7 * 24 * 60 ? ago.format(Math.round(minutes / 1440), 'day') : times.format(at);
  };
  const dress = (root) => {
    root.querySelectorAll('time[datetime]:not([data-dressed])').forEach((time) => {
      const at = new Date(time.dateTime);
      time.dataset.dressed = '';
      time.title = days.format(at);
      time.textContent = words(at);
    });
    root.querySelectorAll('data:not([data-dressed])').forEach((data) => {
      data.dataset.dressed = '';
      data.textContent = numbers.format(Number(data.value));
    });
    root.querySelectorAll('figure[data-chart]:not([data-dressed])').forEach(draw);
  };

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const charts = [];
  const draw = (figure) => {
    if (!window.Chart) return;
    figure.dataset.dressed = '';
    const table = figure.querySelector('table');
    const heads = [...table.tHead.rows[0].cells].slice(1);
    const rows = [...table.tBodies[0].rows];
    const value = (cell) => { const data = cell && cell.querySelector('data'); return data ? Number(data.value) : null; };
    const kept = heads.map((head, i) => ({ head, i })).filter(({ head, i }) =>
      head.dataset.off === undefined && (head.dataset.kind !== 'bar' || rows.some((row) => value(row.cells[i + 1]) > 0)));
    const few = heads.length > 1 && kept.length > 1;
    const box = document.createElement('div');
    const canvas = document.createElement('canvas');
    box.className = 'chart';
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', table.caption.textContent + '; the table below has its figures');
    box.append(canvas);
    figure.prepend(box);
    const low = Math.min(...rows.flatMap((row) => kept.map(({ i }) => value(row.cells[i + 1]) ?? Infinity)));
    const second = kept.some(({ head }) => head.dataset.axis === 'y2');
    const chart = new Chart(canvas, {
      type: 'line',
      data: {
        labels: rows.map((row) => row.cells[0].textContent.trim()),
        datasets: kept.map(({ head, i }, n) => ({
          type: head.dataset.kind || 'line', label: head.textContent.trim(), yAxisID: head.dataset.axis || 'y',
          data: rows.map((row) => value(row.cells[i + 1])), hue: '--c' + (n % 6 + 1), spanGaps: false,
          borderWidth: 2, pointRadius: rows.length > 24 ? 0 : 2, pointHoverRadius: 4, tension: .25, stepped: head.dataset.axis === 'y2' && 'middle',
          fill: figure.dataset.fill !== undefined && n === 0,
        })),
      },
      options: {
        animation: false, maintainAspectRatio: false, interaction: { mode: 'index', intersect: false },
        plugins: { legend: { display: few, align: 'start', labels: { boxWidth: 7, boxHeight: 7, usePointStyle: true } } },
        scales: {
          x: { grid: { display: false }, ticks: { maxTicksLimit: 8, maxRotation: 0 } },
          y: { beginAtZero: low < 1 || figure.dataset.fill === undefined, grace: low < 1 ? 0 : '5%', border: { display: false }, ticks: { maxTicksLimit: 5, precision: 0, callback: (n) => numbers.format(n) }, title: { display: true, text: figure.dataset.y } },
          ...(second ? { y2: { position: 'right', beginAtZero: true, grid: { display: false }, border: { display: false }, ticks: { maxTicksLimit: 5, precision: 0 }, title: { display: true, text: figure.dataset.y2 } } } : {}),
        },
      },
    });
    charts.push(chart);
    paint(chart);
  };
  const paint = (chart) => {
    const soft = colour('--soft');
    chart.options.font = { family: colour('--sans'), size: 12 };
    chart.options.color = soft;
    Object.values(chart.options.scales).forEach((scale) => {
      scale.ticks.color = soft;
      if (scale.title) scale.title.color = soft;
      if (scale.grid) scale.grid.color = colour('--line');
    });
    chart.data.datasets.forEach((set) => {
      const hue = colour(set.hue);
      set.borderColor = hue;
      set.backgroundColor = set.fill || set.type === 'bar' ? hue + '33' : hue;
      set.pointBackgroundColor = set.pointBorderColor = hue;
    });
    chart.update('none');
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => charts.forEach(paint));

  // Larger files than one request may be: in pieces, one after the other.
  const PIECE = 200 << 10;
  const send = async (zone, file) => {
    const said = zone.querySelector('#sent');
    const progress = zone.querySelector('progress');
    progress.hidden = false;
    try {
      for (let at = 0; at === 0 || at < file.size; at += PIECE) {
        const query = new URLSearchParams({ name: file.name, at, size: file.size });
        const answer = await fetch(zone.dataset.drop + '?' + query, {
          method: 'POST', body: file.slice(at, at + PIECE), redirect: 'error',
          headers: { 'X-CSRF-Token': zone.dataset.csrf, 'Content-Type': 'application/octet-stream' },
        });
        if (!answer.ok) throw new Error('The inbox refused it (' + answer.status + ').');
        progress.value = Math.min(100, (at + PIECE) * 100 / Math.max(1, file.size));
      }
      said.textContent = file.name + ' is in the inbox.';
      document.body.dispatchEvent(new CustomEvent('dropped'));
    } catch (failure) {
      said.textContent = file.name + ' was not taken. ' + failure.message;
    } finally {
      progress.hidden = true;
    }
  };
  const zone = document.querySelector('[data-drop]');
  if (zone) {
    const all = async (files) => { for (const file of files) await send(zone, file); };
    zone.addEventListener('dragover', (event) => { event.preventDefault(); zone.classList.add('over'); });
    zone.addEventListener('dragleave', () => zone.classList.remove('over'));
    zone.addEventListener('drop', (event) => { event.preventDefault(); zone.classList.remove('over'); all(event.dataTransfer.files); });
    zone.querySelector('input[type=file]').addEventListener('change', (event) => all(event.target.files));
  }

  const shown = document.querySelector('[data-zone]');
  if (shown) shown.textContent = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  document.addEventListener('htmx:afterSwap', (event) => dress(event.target.parentNode || document));
  document.addEventListener('htmx:load', (event) => dress(event.target));
  dress(document);
})();
