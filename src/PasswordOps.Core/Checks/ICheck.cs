namespace PasswordOps.Core.Checks;

/// <summary>A check as the catalogue holds it: one that looks at general facts serves also where more is known.</summary>
/// <typeparam name="TFacts">What it looks at.</typeparam>
internal interface ICheck<in TFacts>
{
    CheckResult Run(TFacts facts, string? target);
}
