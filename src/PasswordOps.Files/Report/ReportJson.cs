using System.Text.Json.Serialization;
using PasswordOps.Core.Report;

namespace PasswordOps.Files.Report;

/// <summary>The data of a report as JSON.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PasswordReport))]
internal sealed partial class ReportJson : JsonSerializerContext
{
}
