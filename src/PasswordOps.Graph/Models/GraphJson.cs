using System.Text.Json.Serialization;

namespace PasswordOps.Graph.Models;

/// <summary>Readers for the service's objects, made at build time: no reflection at the first call.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(WireUser))]
[JsonSerializable(typeof(WireSyncBehavior))]
[JsonSerializable(typeof(WireRegistration))]
[JsonSerializable(typeof(WireMembership))]
[JsonSerializable(typeof(WireAuthorizationPolicy))]
[JsonSerializable(typeof(WireMethodsPolicy))]
[JsonSerializable(typeof(WireOperation))]
[JsonSerializable(typeof(WireRegistrationTotals))]
[JsonSerializable(typeof(WireGroup))]
[JsonSerializable(typeof(Page<WireRegistration>))]
[JsonSerializable(typeof(Page<WireGroup>))]
[JsonSerializable(typeof(Page<WireSynchronization>))]
[JsonSerializable(typeof(Page<WireUser>))]
[JsonSerializable(typeof(Page<WirePhone>))]
[JsonSerializable(typeof(Page<WireEmail>))]
[JsonSerializable(typeof(Page<WireLicense>))]
[JsonSerializable(typeof(Page<WireSku>))]
[JsonSerializable(typeof(Page<WireSubscription>))]
[JsonSerializable(typeof(Page<WireMembership>))]
[JsonSerializable(typeof(Page<WireRoleAssignment>))]
[JsonSerializable(typeof(Page<WireRoleDefinition>))]
[JsonSerializable(typeof(Page<WireOrganization>))]
[JsonSerializable(typeof(Page<WireDomain>))]
[JsonSerializable(typeof(Page<WireAudit>))]
internal sealed partial class GraphJson : JsonSerializerContext
{
}
