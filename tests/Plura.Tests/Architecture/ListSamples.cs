using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;

namespace Plura.Tests.Architecture;

/// <summary>Samples of smart lists, and of what is changed in a list of contacts.</summary>
internal sealed partial class WriteSamples
{
    private Dictionary<string, Func<Task<Func<Task>>>> OfLists => new(StringComparer.Ordinal)
    {
        ["POST /api/v1/contacts/lists"] = () => Now(() => Api("POST", "contacts/lists", new { name = $"Everyone {++number}" })),
        ["PUT /api/v1/contacts/lists/{id:guid}"] = async () => Do(await SmartList(), id => Api("PUT", $"contacts/lists/{id}", new { name = $"Nobody {++number}" })),
        ["DELETE /api/v1/contacts/lists/{id:guid}"] = async () => Do(await SmartList(), id => Api("DELETE", $"contacts/lists/{id}")),
        ["POST /api/v1/contacts/lists/{id:guid}/restore"] = async () => Do(await SmartList(deleted: true), id => Api("POST", $"contacts/lists/{id}/restore")),
        ["POST /a/{account}/contacts/lists/{id:guid}/restore"] = async () => Do(await SmartList(deleted: true), id => Post($"contacts/lists/{id}/restore")),
        ["BuildListPage build-list"] = () => Form("contacts/lists/new", ".build", new { Name = $"List {++number}", Do = "save" }),
        ["BuildListPage delete-list"] = async () => await Form($"contacts/lists/{await SmartList()}", "#delete-list form", new { }),
        ["ImportContactsPage mapping"] = async () => await Form($"contacts/import?kept={await Mapping()}", "[name='Command.Name']", new { Name = $"Shop {++number}" }),
        ["ImportContactsPage delete-mapping"] = async () => await Form($"contacts/import?kept={await Mapping()}", "#delete-mapping form", new { }),
        ["POST /api/v1/imports/mappings"] = () => Now(() => Api("POST", "imports/mappings", new { name = $"Till {++number}", columns = new[] { new { heading = "E-Mail", target = "email" } } })),
        ["PUT /api/v1/imports/mappings/{id:guid}"] = async () => Do(await Mapping(), id => Api("PUT", $"imports/mappings/{id}", new { name = $"Till {++number}" })),
        ["DELETE /api/v1/imports/mappings/{id:guid}"] = async () => Do(await Mapping(), id => Api("DELETE", $"imports/mappings/{id}")),
        ["PeoplePage remove-person"] = async () => await Form($"settings/people?person={(await account.Colleague(app)).Id}", "#remove-person form", new { }),
        ["POST /a/{account}/contacts/{id:guid}/cell"] = async () => { var (id, page) = (await Ann(), await account.Browser.Get(account.Page("contacts"))); return async () => (await Contacts.CellTests.Post(account, page, id, "city", "Portland", "")).Dispose(); },
    };

    private Task<Guid> Mapping() => account.In(async services => (await services.GetRequiredService<KeepMappingHandler>().Handle(new KeepMapping { Name = $"Shop {++number}", Columns = [new("E-Mail", "email")] }, default)).Value);

    private async Task<Guid> SmartList(bool deleted = false)
    {
        var id = (await account.Api.PostJson("/api/v1/contacts/lists", new { name = $"Smart {++number}" })).GetProperty("id").GetGuid();
        if (deleted)
            (await Api("DELETE", $"contacts/lists/{id}")).Dispose();
        return id;
    }
}
