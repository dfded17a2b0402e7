/** A pure function that remembers its latest call: same references, same answer. */
export function memoize<const A extends readonly unknown[], R>(
  compute: (...parameters: A) => R,
): (...parameters: A) => R {
  let latest: {readonly parameters: A; readonly result: R} | undefined;
  return (...parameters) => {
    const isSame = latest?.parameters.every(
      (parameter, index) => parameter === parameters[index],
    );
    if (latest === undefined || isSame !== true) {
      latest = {parameters, result: compute(...parameters)};
    }
    return latest.result;
  };
}
