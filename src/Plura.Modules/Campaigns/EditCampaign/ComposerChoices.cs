using Plura.Contacts.Contracts;
using Plura.Ui;

namespace Plura.Campaigns;

/// <summary>What the composer offers: the reader's details, tags, smart lists, and how many people are chosen now.</summary>
public sealed record ComposerChoices(IReadOnlyList<EditorField> Fields, IReadOnlyList<string> Tags, IReadOnlyList<NamedList> Searches, int People);

public sealed class ComposerChoicesHandler(IRecipients recipients, IContactDirectory contacts, AskAudienceHandler ask)
{
    public async Task<ComposerChoices> Handle(Audience chosen, CancellationToken ct) => new(
        [.. (await recipients.MergeFields(ct)).Select(f => new EditorField(f.Path, f.Label, f.Example))],
        await contacts.Tags(ct),
        [.. (await contacts.SmartLists(ct)).Where(l => l.Offered || l.Id == chosen.SmartList || l.Id == chosen.ExceptSmartList)],
        (await ask.Handle(chosen, ct)) is { Ok: true, Value: var people } ? people : 0);
}
