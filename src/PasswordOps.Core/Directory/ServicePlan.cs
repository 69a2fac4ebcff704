namespace PasswordOps.Core.Directory;

/// <summary>A part of a product that is on or off by itself.</summary>
/// <param name="Id">Service plan id.</param>
/// <param name="Name">Service plan name, for example AAD_PREMIUM.</param>
/// <param name="ProvisioningStatus">Success, Disabled, Error, PendingInput, PendingActivation or PendingProvisioning.</param>
public sealed record ServicePlan(string Id, string Name, string ProvisioningStatus);
