namespace PasswordOps.Tests;

/// <summary>Tests that start PowerShell run one after another: each is a process with threads of its own.</summary>
[CollectionDefinition("PowerShell")]
public class PowerShellCollection
{
}
