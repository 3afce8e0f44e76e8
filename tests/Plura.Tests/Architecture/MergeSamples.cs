namespace Plura.Tests.Architecture;

/// <summary>Samples of duplicates and merges.</summary>
internal sealed partial class WriteSamples
{
    private Dictionary<string, Func<Task<Func<Task>>>> OfMerges => new(StringComparer.Ordinal)
    {
        ["POST /api/v1/contacts/duplicates/search"] = async () => { await NotSearched(); return () => Api("POST", "contacts/duplicates/search", new { }); },
        ["POST /api/v1/contacts/duplicates/dismiss"] = async () => { var (one, other) = await Two(); return () => Api("POST", "contacts/duplicates/dismiss", new { contacts = (Guid[])[one, other] }); },
        ["POST /api/v1/contacts/duplicates/dismissals/{id:guid}/undo"] = async () => Do(await Dismissed(), id => Api("POST", $"contacts/duplicates/dismissals/{id}/undo")),
        ["POST /a/{account}/contacts/duplicates/dismissals/{id:guid}/undo"] = async () => Do(await Dismissed(), id => Post($"contacts/duplicates/dismissals/{id}/undo")),
        ["POST /api/v1/contacts/{id:guid}/merge"] = async () => { var (one, other) = await Two(); return () => Api("POST", $"contacts/{one}/merge", new { other }); },
        ["POST /api/v1/contacts/merges/{id:guid}/undo"] = async () => Do(await Merged(), id => Api("POST", $"contacts/merges/{id}/undo")),
        ["POST /a/{account}/contacts/merges/{id:guid}/undo"] = async () => Do(await Merged(), id => Post($"contacts/merges/{id}/undo")),
        ["DuplicatesPage find-duplicates"] = async () => { await NotSearched(); return await Form("contacts/duplicates", "[name=_handler][value=find-duplicates]", new { }); },
        ["DuplicatesPage duplicates"] = async () =>
        {
            await NotSearched();
            var (one, other) = (await Twin(), await Twin());
            await app.Do("insert into contacts.duplicate (tenant_id, first_id, second_id, group_id, by_email, by_phone, by_name) values ($1, least($2, $3), greatest($2, $3), least($2, $3), false, false, true)", account.Id, one, other);
            var group = await app.Ask<Guid>("select group_id from contacts.duplicate where tenant_id = $1 and (first_id = $2 or second_id = $2)", account.Id, one);
            return await Form("contacts/duplicates", "[name=_handler][value=duplicates]", new { Do = $"apart:{group}" });
        },
        ["MergeContactsPage merge"] = async () => { var (one, other) = await Two(); return await Form($"contacts/{one}/merge/{other}", "[name=_handler][value=merge]", new { }); },
    };

    private async Task<(Guid One, Guid Other)> Two() => (await Ann(), await Ann());

    private async Task<Guid> Twin() => (await account.Api.PostJson("/api/v1/contacts", new { firstName = "Tom", lastName = "Twin", company = "Twin Ltd" })).GetProperty("id").GetGuid();

    private Task<int> NotSearched() => app.Do("delete from contacts.duplicate_search where tenant_id = $1", account.Id);

    private async Task<Guid> Dismissed()
    {
        var (one, other) = await Two();
        return (await account.Api.PostJson("/api/v1/contacts/duplicates/dismiss", new { contacts = (Guid[])[one, other] })).GetProperty("id").GetGuid();
    }

    private async Task<Guid> Merged()
    {
        var (one, other) = await Two();
        return (await account.Api.PostJson($"/api/v1/contacts/{one}/merge", new { other })).GetProperty("id").GetGuid();
    }
}
