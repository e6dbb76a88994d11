
'use strict';

/* Everything that a target said is put into the page as text, by text nodes only. */

const data = JSON.parse(document.getElementById('data').textContent);
const VERDICTS = { // the worst first
    FAIL: ['✗', 'failed'],
    UNEXPECTED_PASS: ['!', 'passed unexpectedly'],
    EXPECTED_FAILURE: ['~', 'failed as expected'],
    COULD_NOT_TEST: ['?', 'could not be tested'],
    PASS: ['✓', 'passed'],
};
const KINDS = {PACKET: 'packet', UNIT: 'NAL unit', TO_CONTROL: 'to control', FROM_CONTROL: 'from control', NOTE: 'note'};
const SOURCES = {RFC3550: 'rfc3550', RFC5761: 'rfc5761', RFC6184: 'rfc6184', RFC8285: 'rfc8285'};
const ENTRIES_AT_FIRST = 60;

const byId = id => document.getElementById(id);

function element(name, attributes, ...children) {
    return fill(document.createElement(name), attributes, children);
}

function shape(name, attributes, ...children) {
    return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function fill(made, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
        made.setAttribute(name, value);
    }
    made.append(...children.filter(child => child !== null && child !== undefined));
    return made;
}

/* --- the data, joined --- */

const rules = new Map(data.requirements.map(rule => [rule.id, {...rule, cases: []}]));
const cases = new Map();
data.results.forEach((result, target) => result.cases.forEach(outcome => {
    if (!cases.has(outcome.id)) {
        cases.set(outcome.id, {...outcome, outcomes: new Array(data.results.length).fill(null)});
    }
    cases.get(outcome.id).outcomes[target] = outcome;
}));
for (const each of cases.values()) {
    each.requirements.filter(id => rules.has(id)).forEach(id => rules.get(id).cases.push(each));
    each.levels = new Set(each.requirements.filter(id => rules.has(id)).map(id => rules.get(id).level));
    each.words = [each.id, each.sends, each.expects, each.why, ...each.requirements,
        ...each.outcomes.filter(Boolean).flatMap(outcome => [outcome.expected, outcome.actual])].join('\n').toLowerCase();
}

const worst = verdicts => Object.keys(VERDICTS).find(verdict => verdicts.includes(verdict));

/* --- the head --- */

function badge(verdict) {
    return element('span', {class: 'verdict ' + verdict}, VERDICTS[verdict][0] + ' ' + VERDICTS[verdict][1]);
}

/* Where several targets stand side by side. */
function shortBadge(verdict, target) {
    return element('span', {class: 'verdict ' + verdict, title: VERDICTS[verdict][1]}, VERDICTS[verdict][0] + ' ' + target);
}

function card(result) {
    const present = Object.keys(VERDICTS).filter(verdict => result.counts[verdict] > 0).reverse();
    const facts = {probe: result.facts, profile: result.profile, seed: result.seed,
        when: result.began.replace('T', ' ').replace(/\..*/, '') + ' UTC', ...result.environment};
    const list = element('dl');
    for (const [name, value] of Object.entries(facts)) {
        list.append(element('dt', {}, name), element('dd', {}, String(value)));
    }
    const bar = element('div', {class: 'bar', 'aria-hidden': 'true'});
    present.forEach(verdict => {
        const part = element('i', {class: verdict});
        part.style.flexGrow = result.counts[verdict];
        bar.append(part);
    });
    const counts = element('div', {class: 'counts'}, ...present.map(verdict =>
        element('span', {class: 'verdict ' + verdict}, result.counts[verdict] + ' ' + VERDICTS[verdict][1])));
    return element('div', {class: 'target ' + (result.good ? 'good' : 'bad')}, element('h2', {}, result.target), counts, bar, list,
        again(result.command + ' --seed ' + result.seed));
}

function again(command) {
    const copy = element('button', {type: 'button'}, 'copy');
    copy.addEventListener('click', () => navigator.clipboard?.writeText(command).then(() => { copy.textContent = 'copied'; }));
    const words = command.split(' ').flatMap(word => [element('span', {}, word), ' ']); // a line breaks between words, not at hyphens
    return element('div', {class: 'again'}, element('pre', {}, ...words), navigator.clipboard ? copy : null);
}

/* --- a case --- */

function caseRow(each) {
    const badges = element('span', {class: 'badges'}, ...each.outcomes.map((outcome, target) => outcome
        && (data.results.length > 1 ? shortBadge(outcome.verdict, data.results[target].target) : badge(outcome.verdict))));
    const row = element('details', {class: 'case', id: 'case-' + each.id},
        element('summary', {}, element('code', {class: 'id'}, each.id), badges));
    row.addEventListener('toggle', () => {
        if (row.open && row.children.length === 1) {
            row.append(caseBody(each));
        }
    });
    return row;
}

function caseBody(each) {
    const list = element('dl', {}, element('dt', {}, 'sends'), element('dd', {}, each.sends),
        element('dt', {}, 'expects'), element('dd', {}, each.expects),
        element('dt', {}, 'why'), element('dd', {}, each.why),
        element('dt', {}, 'demanded by'), element('dd', {}, 'profile ' + each.profile + ' and more'));
    if (each.faults.length) {
        list.append(element('dt', {}, 'finds'), element('dd', {}, 'fault ' + each.faults.join(', ') + ' of MCM 24.09'));
    }
    if (each.requirements.length) {
        list.append(element('dt', {}, 'rules'), element('dd', {}, ...each.requirements.map(ruleLine)));
    }
    return element('div', {class: 'body'}, list, ...each.outcomes.map((outcome, target) => outcome && outcomeView(outcome, data.results[target])));
}

function ruleLine(id) {
    const rule = rules.get(id);
    const link = element('a', {href: '#' + new URLSearchParams({rule: id})}, id);
    return element('div', {}, link, rule ? ' ' + rule.level + ': ' + rule.rule : ' (not in the tables)');
}

function outcomeView(outcome, result) {
    const view = element('div', {class: 'outcome'}, element('h4', {}, result.target + ' ', badge(outcome.verdict),
        element('small', {}, ' in ' + outcome.seconds.toFixed(2) + ' s')));
    if (outcome.expected || outcome.actual) {
        view.append(element('dl', {}, element('dt', {}, 'expected'), element('dd', {}, outcome.expected || '–'),
            element('dt', {}, outcome.verdict === 'COULD_NOT_TEST' ? 'reason' : 'got'), element('dd', {}, outcome.actual)));
    }
    view.append(element('div', {class: 'faint'}, 'exactly this case again'), again(outcome.again));
    if (outcome.evidence.length) {
        view.append(element('div', {class: 'faint'}, 'packets and NAL units in time'), timeLine(outcome.evidence), entries(outcome));
    }
    return view;
}

/* --- evidence --- */

function entries(outcome) {
    const box = element('div', {class: 'entries'});
    box.append(...outcome.evidence.slice(0, ENTRIES_AT_FIRST).map(entryView));
    const view = element('div', {}, box);
    const rest = outcome.evidence.slice(ENTRIES_AT_FIRST);
    if (rest.length) {
        const more = element('button', {type: 'button'}, rest.length + ' more');
        more.addEventListener('click', () => { box.append(...rest.map(entryView)); more.remove(); });
        view.append(more);
    }
    if (outcome.evidence_left) {
        view.append(element('p', {class: 'faint'}, outcome.evidence_left + ' more were not kept'));
    }
    return view;
}

function entryView(entry) {
    const hex = entry.hex && element('code', {class: 'hex'}, entry.hex.match(/.{1,8}/g).join(' ')
        + (entry.hex.length < 2 * entry.length ? ' … of ' + entry.length + ' bytes' : ' · ' + entry.length + ' bytes'));
    return element('div', {class: 'entry'}, element('span', {class: 'time'}, entry.ms.toFixed(2) + ' ms'),
        element('span', {class: 'k-' + entry.kind}, KINDS[entry.kind]), element('span', {class: 'said'}, entry.text), hex);
}

/* Lanes from top to bottom, time from left to right; positions in percent, so that it fits every width. */
function timeLine(evidence) {
    const LANE = 30, TICKS = 4;
    const lanes = Object.keys(KINDS).filter(kind => evidence.some(entry => entry.kind === kind));
    const first = Math.min(...evidence.map(entry => entry.ms)), last = Math.max(...evidence.map(entry => entry.ms));
    const at = ms => 1 + 97 * (ms - first) / (last - first || 1);
    const height = lanes.length * LANE + 20;
    const picture = shape('svg', {height, role: 'img', 'aria-label': 'time line'});
    for (let i = 0; i <= TICKS; i++) {
        const ms = first + (last - first) * i / TICKS, x = at(ms) + '%';
        picture.append(shape('line', {x1: x, x2: x, y1: 0, y2: height - 18}), shape('text', {x, y: height - 5,
            'text-anchor': i === 0 ? 'start' : i === TICKS ? 'end' : 'middle'}, ms.toFixed(ms < 100 ? 1 : 0) + (i === TICKS ? ' ms' : '')));
    }
    lanes.forEach((kind, lane) => {
        const marks = shape('g', {class: 'k-' + kind}, shape('title', {}, KINDS[kind]));
        evidence.filter(entry => entry.kind === kind).forEach(entry => marks.append(
            shape('rect', {x: at(entry.ms) + '%', y: lane * LANE + 15, width: 3, height: 13},
                shape('title', {}, entry.ms.toFixed(2) + ' ms: ' + entry.text))));
        picture.append(shape('text', {x: 4, y: lane * LANE + 12}, KINDS[kind]), marks);
    });
    return picture;
}

/* --- requirements --- */

function ruleRow(rule) {
    const source = SOURCES[rule.id.split('-')[0]];
    const section = rule.id.split('-')[1];
    const id = source ? element('a', {href: 'https://www.rfc-editor.org/rfc/' + source + '#section-' + section, rel: 'noreferrer',
        title: 'the section itself; needs a network'}, rule.id) : rule.id;
    const about = rule.rule + (rule.not_applicable ? ' (not applicable: ' + rule.not_applicable + ')' : '');
    const named = element('div', {class: 'named'}, ...rule.cases.map(each => caseLink(each, worst(each.outcomes.filter(Boolean)
        .map(outcome => outcome.verdict)), each.id)));
    return element('tr', {id: 'rule-' + rule.id}, element('td', {class: 'short'}, id), element('td', {class: 'short'}, rule.level, ' ',
        element('small', {}, rule.binds.toLowerCase())), element('td', {class: 'rule'}, about, named),
        ...data.results.map((result, target) => element('td', {class: 'mark', 'data-target': result.target}, ...ruleMark(rule, target))));
}

function caseLink(each, verdict, text) {
    return element('a', {href: '#' + new URLSearchParams({case: each.id}), class: verdict, title: each.id + ' ' + VERDICTS[verdict][1]}, text);
}

/* How many cases of each verdict, the worst first; each leads to one of them. */
function ruleMark(rule, target) {
    const marks = Object.keys(VERDICTS).flatMap(verdict => {
        const own = rule.cases.filter(each => each.outcomes[target] && each.outcomes[target].verdict === verdict);
        return own.length ? [element('span', {class: 'verdict'}, caseLink(own[0], verdict, VERDICTS[verdict][0] + ' ' + own.length)), ' '] : [];
    });
    return marks.length ? marks : ['–'];
}

/* --- filters: in the address, so that what is seen can be passed on --- */

const FILTERS = ['verdict', 'group', 'level', 'text'];

function matchesCase(each, filter) {
    return (!filter.verdict || each.outcomes.some(outcome => outcome && outcome.verdict === filter.verdict))
        && (!filter.group || each.group === filter.group) && (!filter.level || each.levels.has(filter.level))
        && (!filter.text || each.words.includes(filter.text));
}

function matchesRule(rule, filter) {
    const named = rule.cases.length > 0 || byId('untried').checked;
    return named && (!filter.verdict || rule.cases.some(each => matchesCase(each, {verdict: filter.verdict})))
        && (!filter.group || rule.cases.some(each => each.group === filter.group)) && (!filter.level || rule.level === filter.level)
        && (!filter.text || (rule.id + '\n' + rule.rule).toLowerCase().includes(filter.text)
            || rule.cases.some(each => each.words.includes(filter.text)));
}

function show() {
    const filter = Object.fromEntries(FILTERS.map(name => [name, byId(name).value.toLowerCase()]));
    ['verdict', 'group', 'level'].forEach(name => { filter[name] = byId(name).value; });
    let shown = 0;
    document.querySelectorAll('.group').forEach(group => {
        let inGroup = 0;
        group.querySelectorAll('.case').forEach(row => {
            row.hidden = !matchesCase(cases.get(row.id.slice('case-'.length)), filter);
            inGroup += row.hidden ? 0 : 1;
        });
        group.hidden = inGroup === 0;
        shown += inGroup;
    });
    let ruled = 0;
    document.querySelectorAll('#rules tbody tr').forEach(row => {
        row.hidden = !matchesRule(rules.get(row.id.slice('rule-'.length)), filter);
        ruled += row.hidden ? 0 : 1;
    });
    byId('case-count').textContent = shown + ' of ' + cases.size;
    byId('rule-count').textContent = ruled + ' of ' + rules.size;
}

function remember() {
    const kept = new URLSearchParams();
    FILTERS.filter(name => byId(name).value).forEach(name => kept.set(name, byId(name).value));
    history.replaceState(null, '', '#' + kept);
    show();
}

/* An address names filters, or one case or rule to go to. */
function follow() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    FILTERS.forEach(name => { byId(name).value = wanted.get(name) || ''; });
    const row = byId(wanted.has('case') ? 'case-' + wanted.get('case') : 'rule-' + wanted.get('rule'));
    if (row && wanted.has('rule') && rules.get(wanted.get('rule')).cases.length === 0) {
        byId('untried').checked = true;
    }
    show();
    document.querySelectorAll('.found').forEach(found => found.classList.remove('found'));
    if (row) {
        row.open = true;
        row.classList.add('found');
        row.scrollIntoView({block: 'center'});
    }
}

/* --- the page --- */

function build() {
    byId('targets').append(...data.results.map(card));
    document.title = 'Conformance of ' + data.results.map(result => result.target).join(', ');
    Object.entries(VERDICTS).forEach(([verdict, text]) => byId('verdict').append(element('option', {value: verdict}, text[1])));
    for (const [group, sentence] of Object.entries(data.groups)) {
        const own = [...cases.values()].filter(each => each.group === group);
        if (own.length) {
            byId('group').append(element('option', {value: group}, group.toLowerCase()));
            byId('cases').append(element('section', {class: 'group'}, element('h3', {}, group.toLowerCase(), element('small', {}, ' ' + sentence)),
                ...own.map(caseRow)));
        }
    }
    byId('rules').tHead.append(element('tr', {}, ...['rule', 'level', 'what it demands', ...data.results.map(result => result.target)]
        .map(text => element('th', {}, text))));
    byId('rules').tBodies[0].append(...[...rules.values()].map(ruleRow));
    byId('filters').addEventListener('input', remember);
    byId('filters').addEventListener('submit', event => event.preventDefault());
    byId('filters').addEventListener('reset', () => setTimeout(remember));
    byId('untried').addEventListener('change', show);
    addEventListener('hashchange', follow);
    follow();
    openOnlyFailure();
    document.documentElement.dataset.built = 'whole';
}

/* Where one thing went wrong, that is what the reader came for. */
function openOnlyFailure() {
    const failed = [...cases.values()].filter(each => each.outcomes.some(outcome => outcome && outcome.verdict === 'FAIL'));
    if (failed.length === 1 && !location.hash) {
        byId('case-' + failed[0].id).open = true;
    }
}

build();
