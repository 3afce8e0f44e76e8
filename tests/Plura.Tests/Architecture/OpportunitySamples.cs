using Plura.Tests.Opportunities;

namespace Plura.Tests.Architecture;

/// <summary>Samples of opportunities.</summary>
internal sealed partial class WriteSamples
{
    private Dictionary<string, Func<Task<Func<Task>>>> OfOpportunities => new(StringComparer.Ordinal)
    {
        ["POST /api/v1/opportunities"] = async () => { await Pipeline(); return Do(await Ann(), id => Api("POST", "opportunities", new { name = "Roof", contact = id })); },
        ["PATCH /api/v1/opportunities/{id:guid}"] = async () => Do((await Card()).Id, id => Api("PATCH", $"opportunities/{id}", new { name = "Two roofs" })),
        ["DELETE /api/v1/opportunities/{id:guid}"] = async () => Do((await Card()).Id, id => Api("DELETE", $"opportunities/{id}")),
        ["POST /api/v1/opportunities/{id:guid}/restore"] = async () => { var card = await Card(); (await Api("DELETE", $"opportunities/{card.Id}")).Dispose(); return () => Api("POST", $"opportunities/{card.Id}/restore"); },
        ["POST /a/{account}/opportunities/{id:guid}/restore"] = async () => Do(await DeletedCard(), id => Post($"opportunities/{id}/restore")),
        ["OpportunityBinPage restore-opportunity"] = async () => Do(await DeletedCard(), async id => await (await Form("opportunities/bin", "[name=_handler][value=restore-opportunity]", new { Id = id.ToString() }))()),
        ["POST /api/v1/opportunities/{id:guid}/move"] = async () => { var card = await Card(); return () => Api("POST", $"opportunities/{card.Id}/move", new { stage = card.Next }); },
        ["POST /api/v1/opportunities/{id:guid}/status"] = async () => Do((await Card()).Id, id => Api("POST", $"opportunities/{id}/status", new { status = "won" })),
        ["POST /api/v1/opportunities/{id:guid}/undo"] = async () => Do(await Moved(), id => Api("POST", $"opportunities/{id}/undo", new { })),
        ["POST /a/{account}/opportunities/{id:guid}/move"] = async () => { var card = await Card(); return await Form($"opportunities/{card.Id}", $"form[action$='/{card.Id}/move']", new { stage = card.Next.ToString() }); },
        ["POST /a/{account}/opportunities/{id:guid}/mark"] = async () => { var card = await Card(); return await Form($"opportunities/{card.Id}", $"form[action$='/{card.Id}/mark']", new { status = "won" }); },
        ["POST /a/{account}/opportunities/{id:guid}/undo"] = async () => { var card = await Moved(); return await Form($"opportunities/{card}", $"form[action$='/{card}/undo']", new { }); },
        ["NewOpportunityPage opportunity"] = async () => { await Pipeline(); return await Form($"opportunities/new?contact={await Ann()}", "[name='Command.Name']", new { Name = "Roof" }); },
        ["ShowOpportunityPage delete-opportunity"] = async () => await Form($"opportunities/{(await Card()).Id}", "#delete-opportunity form", new { }),
        ["ShowOpportunityPage move"] = async () => { var card = await Card(); return await Form($"opportunities/{card.Id}?to={card.Needy}", "[name='Command.Value']", new { Value = "100" }); },
    };

    private Task<(Guid Pipeline, Guid[] Stages)> Pipeline() => account.Pipeline($"Sales {++number}");

    private async Task<(Guid Id, Guid Next, Guid Needy)> Card()
    {
        var (_, stages) = await Pipeline();
        return (await account.Opportunity(await Ann(), stages[0]), stages[1], stages[2]);
    }

    private async Task<Guid> DeletedCard()
    {
        var card = await Card();
        (await Api("DELETE", $"opportunities/{card.Id}")).Dispose();
        return card.Id;
    }

    private async Task<Guid> Moved()
    {
        var card = await Card();
        (await Api("POST", $"opportunities/{card.Id}/move", new { stage = card.Next })).Dispose();
        return card.Id;
    }
}
