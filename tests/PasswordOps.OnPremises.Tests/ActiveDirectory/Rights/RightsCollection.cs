namespace PasswordOps.OnPremises.Tests.ActiveDirectory.Rights;

/// <summary>Tests that share the domain with accounts of sync engines.</summary>
[CollectionDefinition(Name)]
public sealed class RightsCollection : ICollectionFixture<RightsFixture>
{
    public const string Name = "Rights";
}
