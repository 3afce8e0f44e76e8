namespace Plura.Tests.Architecture;

/// <summary>What samples of companies, fields and followers need first.</summary>
internal sealed partial class WriteSamples
{
    private async Task<Guid> Followed()
    {
        var id = await Ann();
        (await Api("POST", $"contacts/{id}/followers", new { user = account.OwnerId })).Dispose();
        return id;
    }

    private async Task<Guid> Company() => (await account.Api.PostJson("/api/v1/companies", new { name = $"Company {++number}" })).GetProperty("id").GetGuid();

    private async Task<Guid> DeletedCompany()
    {
        var id = await Company();
        (await Api("DELETE", $"companies/{id}")).Dispose();
        return id;
    }

    private async Task<Guid> Field() => (await account.Api.PostJson("/api/v1/fields", new { label = $"Size {++number}", kind = "number", privacy = "none" })).GetProperty("id").GetGuid();
}
