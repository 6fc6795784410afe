import type { Actor } from '#lib/access/actor.ts';
import { may } from '#lib/access/capabilities.ts';
import type { Measure, Status } from './measure.ts';

type Answers = Pick<Measure, 'leads' | 'partners'>;

/** The secretariat and whoever leads report where a measure stands; only the secretariat and the Commission drop one. */
export const canSetStatus = (actor: Actor, measure: Answers & Pick<Measure, 'status'>, to: Status) =>
	may(actor, measure.status === 'dropped' || to === 'dropped' ? 'measure.drop' : 'measure.status', measure);

/** The Commission, the secretariat and whoever leads re-agree a date. */
export const canSetDate = (actor: Actor, measure: Answers) => may(actor, 'measure.date', measure);

/** The secretariat and whoever leads keep the steps. */
export const canKeepSteps = (actor: Actor, measure: Answers) => may(actor, 'measure.steps', measure);

/** The wording of a promise belongs to the secretariat and the Commission. */
export const canEditTexts = (actor: Actor, measure: Answers) => may(actor, 'measure.texts', measure);

/** The secretariat alone moves a measure to another circle. */
export const canMoveMeasure = (actor: Actor) => may(actor, 'measure.move');
