import type { Actor } from '#lib/access/actor.ts';
import { type Act, may } from '#lib/access/capabilities.ts';
import type { Measure, Status } from './measure.ts';

type Answers = Pick<Measure, 'leads' | 'partners' | 'retired'>;

/** What was retired from the plan stands as it is until it is restored. */
const mayInPlan = (actor: Actor, act: Act, measure: Answers) => !measure.retired && may(actor, act, measure);

/** The secretariat and whoever leads report where a measure stands; only the secretariat and the Commission drop one. */
export const canSetStatus = (actor: Actor, measure: Answers & Pick<Measure, 'status'>, to: Status) =>
	mayInPlan(
		actor,
		measure.status === 'dropped' || to === 'dropped' ? 'measure.drop' : 'measure.status',
		measure
	);

/** The Commission, the secretariat and whoever leads re-agree a date. */
export const canSetDate = (actor: Actor, measure: Answers) => mayInPlan(actor, 'measure.date', measure);

/** The secretariat and whoever leads keep the steps. */
export const canKeepSteps = (actor: Actor, measure: Answers) => mayInPlan(actor, 'measure.steps', measure);

/** The wording of a promise belongs to the secretariat and the Commission. */
export const canEditTexts = (actor: Actor, measure: Answers) => mayInPlan(actor, 'measure.texts', measure);

/** The secretariat and the Commission write a measure into the plan. */
export const canAddMeasure = (actor: Actor) => may(actor, 'measure.add');

/** The secretariat and the Commission bring a plan from a file. */
export const canImport = (actor: Actor) => may(actor, 'plan.import');

/** The secretariat and the Commission say who answers for it. */
export const canSetHolders = (actor: Actor, measure: Answers) => mayInPlan(actor, 'measure.holders', measure);

/** The secretariat and the Commission take a measure out of the plan, and put it back. */
export const canRetire = (actor: Actor) => may(actor, 'measure.retire');

/** The secretariat alone moves a measure to another circle. */
export const canMoveMeasure = (actor: Actor) => may(actor, 'measure.move');

/** The secretariat and the Commission write objectives, and their words. */
export const canAddObjective = (actor: Actor) => may(actor, 'objective.add');
export const canEditObjective = (actor: Actor) => may(actor, 'objective.edit');

/** The secretariat alone keeps the strategies. */
export const canAddStrategy = (actor: Actor) => may(actor, 'strategy.add');
export const canEditStrategy = (actor: Actor) => may(actor, 'strategy.edit');
export const canRetireStrategy = (actor: Actor) => may(actor, 'strategy.retire');
