import type { Listener, Rule, RuleMatch } from '../../estate/resources';
import { AwsError } from '../AwsError';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { randomId } from '../randomId';
import { quotaOf } from '../servicequotas/quotas';
import { checkName, madeNow, page, updatedNow } from './common';
import { conflict, invalid, quotaExceeded } from './errors';
import { findListener, findRule } from './find';
import { checkAction, describeAction } from './listeners';

export const ruleOperations: ServiceOperations = {
  CreateRule(input, context) {
    const { name, priority, tags = {} } = input;
    const { service, listener } = findListener(context, input);
    checkName(name, { minimum: 3, maximum: 63, reservedPrefix: 'rule-' });
    const others = rulesOf(context, listener);
    checkPriority(priority, others);
    const namesake = others.find(rule => rule.name === name);
    if (namesake) {
      throw conflict(
        'RULE',
        namesake.id,
        `Listener ${listener.id} already has a rule named ${name}`,
      );
    }
    if (listener.protocol === 'TLS_PASSTHROUGH') {
      throw invalid(
        'listenerIdentifier',
        'A TLS listener has its default rule only',
      );
    }
    const quota = quotaOf(context, 'rulesPerListener');
    if (others.length >= quota.value) {
      throw quotaExceeded(
        'RULE',
        quota.code,
        `There may be ${quota.value} rules per listener`,
      );
    }
    checkMatch(input.match);
    const id = randomId('rule');
    const arn = `${listener.arn}/rule/${id}`;
    const rule = context.estate.rules.put(arn, {
      ...madeNow(context),
      arn,
      id,
      name,
      serviceArn: service.arn,
      listenerArn: listener.arn,
      priority,
      match: input.match,
      action: checkAction(context, input.action),
      tags,
    });
    return describe(rule);
  },

  GetRule(input, context) {
    const { listener } = findListener(context, input);
    return describe(findRule(context, listener, input.ruleIdentifier));
  },

  ListRules(input, context) {
    const { listener } = findListener(context, input);
    return page(input, rulesOf(context, listener), describe);
  },

  UpdateRule(input, context) {
    const { listener } = findListener(context, input);
    return describe(update(context, listener, input));
  },

  BatchUpdateRule(input, context) {
    const { listener } = findListener(context, input);
    const successful: unknown[] = [];
    const unsuccessful: unknown[] = [];
    // The priorities of the batch count as a whole, so that two rules can swap theirs.
    const moved = new Set<string>(
      input.rules.map((rule: any) => rule.ruleIdentifier),
    );
    for (const change of input.rules) {
      try {
        successful.push(describe(update(context, listener, change, moved)));
      } catch (error) {
        if (!(error instanceof AwsError)) {
          throw error;
        }
        unsuccessful.push({
          ruleIdentifier: change.ruleIdentifier,
          failureCode: error.code,
          failureMessage: error.message,
        });
      }
    }
    return { successful, unsuccessful };
  },

  DeleteRule(input, context) {
    const { listener } = findListener(context, input);
    const rule = findRule(context, listener, input.ruleIdentifier);
    context.estate.rules.delete(rule.arn);
  },
};

function rulesOf(context: OperationContext, listener: Listener): Rule[] {
  return context.estate.rules.filter(rule => rule.listenerArn === listener.arn);
}

function describe(rule: Rule) {
  return { ...rule, isDefault: false, action: describeAction(rule.action) };
}

function update(
  context: OperationContext,
  listener: Listener,
  change: any,
  moved: Set<string> = new Set(),
): Rule {
  const rule = findRule(context, listener, change.ruleIdentifier);
  const { match, action, priority } = change;
  if (priority !== undefined && priority !== rule.priority) {
    checkPriority(
      priority,
      rulesOf(context, listener).filter(
        other =>
          other.arn !== rule.arn &&
          !moved.has(other.id) &&
          !moved.has(other.arn),
      ),
    );
  }
  if (match) {
    checkMatch(match);
  }
  return context.estate.rules.put(rule.arn, {
    ...rule,
    ...updatedNow(context),
    priority: priority ?? rule.priority,
    match: match ?? rule.match,
    action: action ? checkAction(context, action) : rule.action,
  });
}

function checkPriority(priority: number, others: Rule[]): void {
  if (!Number.isInteger(priority) || priority < 1 || priority > 100) {
    throw invalid('priority', 'The priority must be between 1 and 100');
  }
  const rival = others.find(rule => rule.priority === priority);
  if (rival) {
    throw conflict(
      'RULE',
      rival.id,
      `Rule ${rival.id} already has the priority ${priority}`,
    );
  }
}

function checkMatch({ httpMatch }: RuleMatch): void {
  const { method, pathMatch, headerMatches = [] } = httpMatch ?? {};
  if (!method && !pathMatch && headerMatches.length === 0) {
    throw invalid('match', 'A rule matches by method, path or headers');
  }
  if (headerMatches.length > 5) {
    throw invalid('headerMatches', 'A rule matches 5 headers at most');
  }
}
