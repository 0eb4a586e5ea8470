// The same run in every report, whole.
import { describe, expect, it } from 'vitest';
import { resultOf } from '../verdict/result.ts';
import { simulate } from '../verdict/testing/simulate.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { plain } from './paint.ts';
import { onlyRun } from './run-series.ts';
import { summaryLines } from './summary.ts';

const passed = resultOf(simulate(), { cutOff: false });
const failed = resultOf(simulate({ opensAfter: 4, latenessMs: 80 }), { cutOff: false });
const unclear = resultOf(simulate({ faultWorks: false }), { cutOff: false });
const interrupted = resultOf(simulate({ end: 'interrupted' }), { cutOff: false });

describe('the summary', () => {
  it('of a run that passed', () => {
    expect(`\n${summaryLines(passed, plain).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      tiny  A tiny scenario

      expectations
        ✔ passed  orders.success during baseline                          >= 99 %                                  100 % of 200  +1 point
        ✔ passed  orders.duration p(99) during outage                     < 300 ms                                 5 ms of 500   +295 ms
        ✔ passed  order->payment path                                     closed > open > halfOpen > ... > closed  closed > (open > halfOpen) x3 > closed
        ✔ passed  order->payment opens after the fault                    <= 1 s                                   24 ms         +976 ms
        ✔ passed  order->payment calls while open                         <= 0                                     0 calls: 0 admitted and 0 arrived in 3 open states, 0 of them already sent before
        ✔ passed  order->payment opens after exactly 3 failures in a row  3 failures in a row                      1 opening, each after 3 failures
        ✔ passed  order->payment stays open for 2 s                       2 s                                      2 s, 2 s, 2 s
        ✔ passed  order->payment sends one probe when half-open           1 probe, which decides                   3 probes in 3 half-open states
        ✔ passed  order->payment does nothing that no breaker may         no violation                             1300 calls, 7 transitions
        ✔ passed  all other breakers keep to their declared policies      as declared                              5 breakers, 0 calls, 0 transitions
        ✔ passed  recovered for 2 s on end                                <= 3 s                                   1.054 s       +1.946 s

      evidence
        ✔ passed  outage/1: down on order->payment  more transport failures than usual  5 of 5 attempts, median 3 ms
        ✔ passed  load in baseline                  200 arrivals planned                200 sent
        ✔ passed  load in outage                    500 arrivals planned                500 sent
        ✔ passed  load in recovery                  500 arrivals planned                500 sent
        ✔ passed  clocks                            they agree                          they agree in 0 measurements
        ✔ passed  event record                      no gaps                             complete

      times
        order->payment opened 24 ms after its fault began, 20 ms after the first bad answer, with 0 calls still under way
        order->payment was closed for good 1.054 s after its fault ended
        customers were turned away, failed or lost in 6.1 s of the judged time
        while a breaker was open, 600 orders took 5 ms at p99

      ✔ passed  all 11 expectations hold
      "
    `);
  });

  it('of a run that failed, with how to bring it about again', () => {
    expect(`\n${summaryLines(failed, plain).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      tiny  A tiny scenario

      expectations
        ✔ passed        orders.success during baseline                          >= 99 %                                  100 % of 192  +1 point
        ? inconclusive  orders.duration p(99) during outage                     < 300 ms                                 85 ms of 508
                        the load generator was late by 80 ms (p99), more than 20 % of the limit
        ✔ passed        order->payment path                                     closed > open > halfOpen > ... > closed  closed > (open > halfOpen) x3 > closed
        ✔ passed        order->payment opens after the fault                    <= 1 s                                   34 ms         +966 ms
        ✔ passed        order->payment calls while open                         <= 0                                     0 calls: 0 admitted and 0 arrived in 3 open states, 0 of them already sent before
        ✘ failed        order->payment opens after exactly 3 failures in a row  3 failures in a row                      still closed after 3 failures in a row at 3.034s; opened after 4 failures in a row at 3.034s
        ✔ passed        order->payment stays open for 2 s                       2 s                                      2 s, 2 s, 2 s
        ✔ passed        order->payment sends one probe when half-open           1 probe, which decides                   3 probes in 3 half-open states
        ✔ passed        order->payment does nothing that no breaker may         no violation                             1300 calls, 7 transitions
        ✔ passed        all other breakers keep to their declared policies      as declared                              5 breakers, 0 calls, 0 transitions
        ✔ passed        recovered for 2 s on end                                <= 3 s                                   1.064 s       +1.936 s

      evidence
        ✔ passed  outage/1: down on order->payment  more transport failures than usual  6 of 6 attempts, median 3 ms
        ✔ passed  load in baseline                  200 arrivals planned                200 sent
        ✔ passed  load in outage                    500 arrivals planned                500 sent
        ✔ passed  load in recovery                  500 arrivals planned                500 sent
        ✔ passed  clocks                            they agree                          they agree in 0 measurements
        ✔ passed  event record                      no gaps                             complete

      times
        order->payment opened 34 ms after its fault began, 30 ms after the first bad answer, with 0 calls still under way
        order->payment was closed for good 1.064 s after its fault ended
        customers were turned away, failed or lost in 6.1 s of the judged time
        the last order from before the end of the faults had its answer 75 ms after it
        while a breaker was open, 600 orders took 85 ms at p99

      notes
        the load generator was late by 80 ms (p99) in baseline
        the load generator was late by 80 ms (p99) in outage
        the load generator was late by 80 ms (p99) in recovery

      ✘ failed  1 of 11 expectations failed: order->payment opens after exactly 3 failures in a row
        again: smartorders scenario run tiny.yaml --seed 1
      "
    `);
  });

  it('of a run without evidence says so once', () => {
    expect(`\n${summaryLines(unclear, plain).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      tiny  A tiny scenario

      expectations
        ? inconclusive  orders.success during baseline                          >= 99 %                                  100 % of 200  +1 point
                        outage/1: down on order->payment: none of 500 attempts shows it
        ? inconclusive  orders.duration p(99) during outage                     < 300 ms                                 5 ms of 500   +295 ms
        ? inconclusive  order->payment path                                     closed > open > halfOpen > ... > closed  closed
        ? inconclusive  order->payment opens after the fault                    <= 1 s                                   not opened after outage/1 at 3.000s
        ? inconclusive  order->payment calls while open                         <= 0                                     never open
        ? inconclusive  order->payment opens after exactly 3 failures in a row  3 failures in a row                      never opened; longest streak 0
        ? inconclusive  order->payment stays open for 2 s                       2 s                                      never open
        ? inconclusive  order->payment sends one probe when half-open           1 probe, which decides                   never half-open
        ? inconclusive  order->payment does nothing that no breaker may         no violation                             1300 calls, 0 transitions
        ? inconclusive  all other breakers keep to their declared policies      as declared                              5 breakers, 0 calls, 0 transitions
        ? inconclusive  recovered for 2 s on end                                <= 3 s                                   0 ms          +3 s

      evidence
        ? inconclusive  outage/1: down on order->payment  more transport failures than usual  0 of 500 attempts, median 3 ms
                        none of 500 attempts shows it
        ✔ passed        load in baseline                  200 arrivals planned                200 sent
        ✔ passed        load in outage                    500 arrivals planned                500 sent
        ✔ passed        load in recovery                  500 arrivals planned                500 sent
        ✔ passed        clocks                            they agree                          they agree in 0 measurements
        ✔ passed        event record                      no gaps                             complete

      ? inconclusive  11 of 11 expectations inconclusive: outage/1: down on order->payment: none of 500 attempts shows it
        again: smartorders scenario run tiny.yaml --seed 1
      "
    `);
  });

  it('is aligned whatever the paint', () => {
    const marked = { ...plain, ok: (text: string) => `<${text}>`, bad: (text: string) => `<${text}>` };
    const unmarked = summaryLines(passed, marked).map((line) => line.replaceAll(/<(✔ [^>]*|✘ [^>]*|\+[^>]*)>/g, '$1'));

    expect(unmarked).toEqual(summaryLines(passed, plain));
  });
});

describe('markdown', () => {
  it('of a run that failed', () => {
    expect(`\n${renderMarkdown(onlyRun(failed))}`).toMatchInlineSnapshot(`
      "
      # tiny: ✘ failed

      A tiny scenario.

      **✘ failed**: 1 of 11 expectations failed: order->payment opens after exactly 3 failures in a row

      Run 20260101-000000-tiny, 2026-01-01T00:00:00.000Z, 13.075 s.

      ## Expectations

      |  | Expectation | Expected | Observed | Margin |
      | --- | --- | --- | --- | --- |
      | ✔ passed | orders.success during baseline | >= 99 % | 100 % of 192 | +1 point |
      | ? inconclusive | orders.duration p(99) during outage | < 300 ms | 85 ms of 508 (the load generator was late by 80 ms (p99), more than 20 % of the limit) |  |
      | ✔ passed | order->payment path | closed > open > halfOpen > ... > closed | closed > (open > halfOpen) x3 > closed |  |
      | ✔ passed | order->payment opens after the fault | <= 1 s | 34 ms | +966 ms |
      | ✔ passed | order->payment calls while open | <= 0 | 0 calls: 0 admitted and 0 arrived in 3 open states, 0 of them already sent before |  |
      | ✘ failed | order->payment opens after exactly 3 failures in a row | 3 failures in a row | still closed after 3 failures in a row at 3.034s; opened after 4 failures in a row at 3.034s |  |
      | ✔ passed | order->payment stays open for 2 s | 2 s | 2 s, 2 s, 2 s |  |
      | ✔ passed | order->payment sends one probe when half-open | 1 probe, which decides | 3 probes in 3 half-open states |  |
      | ✔ passed | order->payment does nothing that no breaker may | no violation | 1300 calls, 7 transitions |  |
      | ✔ passed | all other breakers keep to their declared policies | as declared | 5 breakers, 0 calls, 0 transitions |  |
      | ✔ passed | recovered for 2 s on end | <= 3 s | 1.064 s | +1.936 s |

      ## Phases

      | Phase | When | Planned | Outcomes | Lost | Short-circuited | p50 | p95 | p99 | max |
      | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
      | warmup (not judged) | 0.000s to 1.000s | 100 | 100 success | 0 | 0 | 85 ms | 85 ms | 85 ms | 85 ms |
      | baseline | 1.000s to 3.000s | 192 | 192 success | 0 | 0 | 85 ms | 85 ms | 85 ms | 85 ms |
      | outage | 3.000s to 8.000s | 508 | 8 success, 494 rejected, 6 failed | 6 | 494 | 85 ms | 85 ms | 85 ms | 85 ms |
      | recovery | 8.000s to 13.000s | 500 | 394 success, 106 rejected | 0 | 106 | 85 ms | 85 ms | 85 ms | 85 ms |

      ## Faults

      | Fault | On | Dose | When | In effect | Seen |
      | --- | --- | --- | --- | --- | --- |
      | outage/1 | order->payment | down | 3.000s to 8.000s | ✔ passed | 6 of 6 attempts, median 3 ms |

      ## Breakers

      | At | Link | Transition | Cause |
      | --- | --- | --- | --- |
      | 3.034s | order->payment | closed > open | 4 failures in a row (refused) |
      | 5.034s | order->payment | open > halfOpen | the wait is over |
      | 5.044s | order->payment | halfOpen > open | the probe failed (refused) |
      | 7.044s | order->payment | open > halfOpen | the wait is over |
      | 7.054s | order->payment | halfOpen > open | the probe failed (refused) |
      | 9.054s | order->payment | open > halfOpen | the wait is over |
      | 9.064s | order->payment | halfOpen > closed | the probe succeeded |

      ## Times of the defence

      | Of | Figure | Measured | Definition |
      | --- | --- | --- | --- |
      | order->payment | time to detect | 30 ms | from the end of the first call over the link that failed under its first fault, to its breaker’s opening |
      | order->payment | time to open | 34 ms | from the setting of the first fault that concerns the link, to its breaker’s next opening |
      | order->payment | overshoot | 0 calls | calls over the link that were under way when its breaker opened: admitted before, ended after |
      | order->payment | time not closed | 6.03 s | all the time in which the breaker of the link was open or half-open |
      | order->payment | time to recover | 1.064 s | from the end of the last fault that concerns the link, to the closing after which its breaker stayed closed |
      | the run | degraded | 6.1 s | judged time in which customers did not get what they came for: the slices in which an arrival was due that was rejected, failed, lost or dropped |
      | the run | backlog drain | 75 ms | from the end of the last fault until the last arrival that was due before it had its answer |

      While a breaker was open, 600 orders took 85 ms at p99.

      ## Evidence

      |  | What | Expected | Observed |  |
      | --- | --- | --- | --- | --- |
      | ✔ passed | outage/1: down on order->payment | more transport failures than usual | 6 of 6 attempts, median 3 ms |  |
      | ✔ passed | load in baseline | 200 arrivals planned | 200 sent |  |
      | ✔ passed | load in outage | 500 arrivals planned | 500 sent |  |
      | ✔ passed | load in recovery | 500 arrivals planned | 500 sent |  |
      | ✔ passed | clocks | they agree | they agree in 0 measurements |  |
      | ✔ passed | event record | no gaps | complete |  |

      ## Notes

      - the load generator was late by 80 ms (p99) in baseline
      - the load generator was late by 80 ms (p99) in outage
      - the load generator was late by 80 ms (p99) in recovery

      ## Again

      \`\`\`
      smartorders scenario run tiny.yaml --seed 1
      \`\`\`

      Seed 1, smartorders 0.1.0, node 24.0.0, on linux x64 with 2 CPUs and 4096 MB.
      "
    `);
  });

  it('cannot be broken by what a scenario says', () => {
    const result = { ...passed, scenario: { ...passed.scenario, title: 'a | b <script>\n# c' } };

    expect(renderMarkdown(onlyRun(result))).toContain('\na \\| b &lt;script> # c.\n');
  });
});

describe('JUnit', () => {
  it('of a run that failed', () => {
    expect(`\n${renderJunit(onlyRun(failed))}`).toMatchInlineSnapshot(`
      "
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="smartorders" tests="11" failures="1" errors="1" skipped="0" time="13.075">
        <testsuite name="tiny" tests="11" failures="1" errors="1" skipped="0" time="13.075" timestamp="2026-01-01T00:00:00">
          <properties>
            <property name="run" value="20260101-000000-tiny"/>
            <property name="verdict" value="failed"/>
            <property name="reason" value="1 of 11 expectations failed: order-&gt;payment opens after exactly 3 failures in a row"/>
            <property name="seed" value="1"/>
            <property name="scenario-hash" value="830d4e99ea84bc792bed99ee1313282fda035d435989644b982eaf636b3e5a81"/>
            <property name="command" value="smartorders scenario run tiny.yaml --seed 1"/>
            <property name="evidence: outage/1: down on order-&gt;payment" value="6 of 6 attempts, median 3 ms"/>
            <property name="evidence: load in baseline" value="200 sent"/>
            <property name="evidence: load in outage" value="500 sent"/>
            <property name="evidence: load in recovery" value="500 sent"/>
            <property name="evidence: clocks" value="they agree in 0 measurements"/>
            <property name="evidence: event record" value="complete"/>
            <property name="time" value="order-&gt;payment opened 34 ms after its fault began, 30 ms after the first bad answer, with 0 calls still under way"/>
            <property name="time" value="order-&gt;payment was closed for good 1.064 s after its fault ended"/>
            <property name="time" value="customers were turned away, failed or lost in 6.1 s of the judged time"/>
            <property name="time" value="the last order from before the end of the faults had its answer 75 ms after it"/>
            <property name="time" value="while a breaker was open, 600 orders took 85 ms at p99"/>
          </properties>
          <testcase classname="tiny" name="orders.success during baseline" file="tiny.yaml" line="13" time="0"/>
          <testcase classname="tiny" name="orders.duration p(99) during outage" file="tiny.yaml" line="14" time="0">
            <error type="inconclusive" message="expected &lt; 300 ms, observed 85 ms of 508: the load generator was late by 80 ms (p99), more than 20 % of the limit"/>
          </testcase>
          <testcase classname="tiny" name="order-&gt;payment path" file="tiny.yaml" line="16" time="0"/>
          <testcase classname="tiny" name="order-&gt;payment opens after the fault" file="tiny.yaml" line="16" time="0"/>
          <testcase classname="tiny" name="order-&gt;payment calls while open" file="tiny.yaml" line="16" time="0"/>
          <testcase classname="tiny" name="order-&gt;payment opens after exactly 3 failures in a row" file="tiny.yaml" line="16" time="0">
            <failure type="failed" message="expected 3 failures in a row, observed still closed after 3 failures in a row at 3.034s; opened after 4 failures in a row at 3.034s"/>
          </testcase>
          <testcase classname="tiny" name="order-&gt;payment stays open for 2 s" file="tiny.yaml" line="16" time="0"/>
          <testcase classname="tiny" name="order-&gt;payment sends one probe when half-open" file="tiny.yaml" line="16" time="0"/>
          <testcase classname="tiny" name="order-&gt;payment does nothing that no breaker may" file="tiny.yaml" line="16" time="0"/>
          <testcase classname="tiny" name="all other breakers keep to their declared policies" file="tiny.yaml" line="15" time="0"/>
          <testcase classname="tiny" name="recovered for 2 s on end" file="tiny.yaml" line="17" time="0"/>
        </testsuite>
      </testsuites>
      "
    `);
  });

  it('is red for a run that no expectation tells of', () => {
    expect(renderJunit(onlyRun(interrupted))).toContain('<error type="interrupted" message="interrupted"/>');
    expect(renderJunit(onlyRun(resultOf([], { cutOff: true })))).toContain(
      '<testcase classname="unknown" name="run" time="0">',
    );
  });

  it('cannot be broken by what a scenario says', () => {
    const result = { ...passed, command: 'a "b" <c> & \u0000 \u001b[31m' };

    expect(renderJunit(onlyRun(result))).toContain('value="a &quot;b&quot; &lt;c&gt; &amp; \\u{0} \\u{1b}[31m"');
  });
});

it('JSON is the result itself', () => {
  expect(JSON.parse(renderJson(onlyRun(failed)))).toEqual(JSON.parse(JSON.stringify(failed)));
});

it('all figures are the same in all reports', () => {
  const texts = [summaryLines(failed, plain).join('\n'), renderMarkdown(onlyRun(failed)), renderJson(onlyRun(failed))];

  for (const { observed, margin } of failed.judgements) {
    for (const text of texts) expect(text).toContain(observed);
    for (const text of texts) expect(text).toContain(margin ?? '');
  }
});
