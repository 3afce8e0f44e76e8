using Plura.Tests.Contacts;

namespace Plura.Tests.Architecture;

/// <summary>Samples of files in fields.</summary>
internal sealed partial class WriteSamples
{
    private Dictionary<string, Func<Task<Func<Task>>>> OfFieldFiles => new(StringComparer.Ordinal)
    {
        ["POST /api/v1/fields/{id:guid}/files"] = async () => Do(await FileField(), async id => (await account.PostFile(id, "contract.pdf", [1, 2, 3])).Dispose()),
    };

    private async Task<Guid> FileField() => (await account.Api.PostJson("/api/v1/fields", new { label = $"Contract {++number}", kind = "file", privacy = "none" })).GetProperty("id").GetGuid();
}
