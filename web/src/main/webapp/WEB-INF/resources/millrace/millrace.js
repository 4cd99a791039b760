/* What the pages do in the browser beyond PrimeFaces: draw diagrams, keep the part of a list that is shown in the URL, hold back files that are too large. */
(function () {
  'use strict';

  function badge(kind, text, title) {
    const element = document.createElement('div');
    element.className = 'mark ' + kind;
    element.textContent = text;
    element.title = title;
    return element;
  }

  function mark(viewer, element, marks, texts) {
    const canvas = viewer.get('canvas');
    const overlays = viewer.get('overlays');
    if (!viewer.get('elementRegistry').get(element)) {
      return;
    }
    if (marks.passed) {
      canvas.addMarker(element, 'passed');
    }
    if (marks.tokens) {
      canvas.addMarker(element, 'here');
      overlays.add(element, {position: {top: -12, left: -12}, html: badge('token', marks.tokens, texts.token)});
    }
    if (marks.incidents.length) {
      canvas.addMarker(element, 'broken');
      overlays.add(element, {position: {top: -12, right: 14}, html: badge('incident', '!', marks.incidents.join('\n'))});
    }
  }

  /* The whole diagram in the middle, with some air, and never blown up. */
  function fit(canvas) {
    const {inner, outer} = canvas.viewbox();
    const air = 24;
    const scale = Math.min(1, outer.width / (inner.width + 2 * air), outer.height / (inner.height + 2 * air));
    const width = outer.width / scale;
    const height = outer.height / scale;
    canvas.viewbox({
      x: inner.x + (inner.width - width) / 2, y: inner.y + (inner.height - height) / 2, width: width, height: height
    });
  }

  function draw(diagram) {
    const sheet = diagram.querySelector('.canvas');
    const viewer = new BpmnJS({container: sheet});
    viewer.importXML(diagram.querySelector('.source').value).then(() => {
      const canvas = viewer.get('canvas');
      const zoom = viewer.get('zoomScroll');
      // The wheel scrolls the page; the buttons zoom.
      zoom.toggle(false);
      const marks = JSON.parse(diagram.dataset.marks);
      Object.keys(marks).forEach(element => mark(viewer, element, marks[element], diagram.dataset));
      // As high as the diagram needs, as far as the style sheet allows.
      const {inner} = canvas.viewbox();
      sheet.style.height = Math.min(1, sheet.clientWidth / inner.width) * inner.height + 64 + 'px';
      canvas.resized();
      fit(canvas);
      diagram.querySelector('.zoom').addEventListener('click', event => {
        const button = event.target.closest('button');
        if (button && button.dataset.zoom === 'fit') {
          fit(canvas);
        } else if (button) {
          zoom.stepZoom(button.dataset.zoom === 'in' ? 1 : -1);
        }
      });
      diagram.classList.add('drawn');
    }).catch(error => {
      console.warn(error);
      diagram.classList.add('undrawn');
      sheet.textContent = diagram.dataset.none;
    });
  }

  window.millrace = {
    /* Keeps a parameter of this page in its URL, for bookmarks and the way back. */
    remember(name, value) {
      const url = new URL(window.location);
      url.searchParams.set(name, value);
      window.history.replaceState(window.history.state, '', url);
    }
  };

  document.addEventListener('change', event => {
    const field = event.target.type === 'file' && event.target.closest('[data-limit]');
    if (field) {
      const file = event.target.files[0];
      const tooLarge = Boolean(file) && file.size > Number(field.dataset.limit);
      field.querySelector('.limit').hidden = !tooLarge;
      if (tooLarge) {
        event.target.value = '';
      }
    }
  });
  document.addEventListener('DOMContentLoaded', () => document.querySelectorAll('.diagram').forEach(draw));
})();
