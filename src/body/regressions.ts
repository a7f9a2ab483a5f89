/** A linear fit of a body measure: value = constant + perHeight·H + perWeight·W + perAge·A; H in cm, W in kg, A in years, value in mm. */
export interface Fit {
  readonly constant: number;
  readonly perHeight: number;
  readonly perWeight: number;
  readonly perAge: number;
  /** Standard error of the estimate: how far people lie from the fit, mm. */
  readonly see: number;
  readonly evidence: string;
}

export type FittedMeasure = 'waist' | 'hip' | 'bicristal';

/**
 * Own least-squares fits to the public ANSUR II tables (4082 men, 1986 women, 17–58 years, standing): waist girth at the navel, hip
 * girth over the buttocks, breadth between the iliac crests over the skin. Outside those people they extrapolate.
 */
export const FITS: Readonly<Record<'female' | 'male', Readonly<Record<FittedMeasure, Fit>>>> = {
  male: {
    waist: { constant: 927.6, perHeight: -3.961, perWeight: 7.587, perAge: 1.985, see: 40.7, evidence: 'B-37' },
    hip: { constant: 831.7, perHeight: -1.496, perWeight: 5.436, perAge: -0.474, see: 26, evidence: 'B-45' },
    bicristal: { constant: 111.2, perHeight: 0.613, perWeight: 0.7, perAge: -0.108, see: 12.4, evidence: 'B-37' },
  },
  female: {
    waist: { constant: 963.4, perHeight: -4.501, perWeight: 8.817, perAge: 1.142, see: 47.6, evidence: 'B-38' },
    hip: { constant: 843.9, perHeight: -1.771, perWeight: 6.846, perAge: 0.068, see: 29.5, evidence: 'B-45' },
    bicristal: { constant: 155.5, perHeight: 0.138, perWeight: 1.309, perAge: 0.233, see: 16.1, evidence: 'B-38' },
  },
};

/** The fitted measure, mm. */
export function predict(fit: Fit, height_cm: number, weight_kg: number, age: number): number {
  return fit.constant + fit.perHeight * height_cm + fit.perWeight * weight_kg + fit.perAge * age;
}

/** The weight, kg, at which the fit gives a measure. */
export function weightFor(fit: Fit, value: number, height_cm: number, age: number): number {
  return (value - fit.constant - fit.perHeight * height_cm - fit.perAge * age) / fit.perWeight;
}
