namespace PasswordOps.Core.Contacts;

/// <summary>What is wrong with a value, without repeating it.</summary>
/// <param name="Rule">Stable id of the rule that it breaks; serves as error id.</param>
/// <param name="Reason">What is wrong, as the end of a sentence.</param>
/// <param name="Advice">How to write it.</param>
public sealed record ContactProblem(string Rule, string Reason, string Advice);
