namespace PasswordOps.OnPremises.Tests.ActiveDirectory;

/// <summary>Tests that share the one domain.</summary>
[CollectionDefinition(Name)]
public sealed class SambaCollection : ICollectionFixture<SambaFixture>
{
    public const string Name = "Samba";
}
