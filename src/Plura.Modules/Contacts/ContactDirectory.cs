using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>Answers the other modules' questions about contacts.</summary>
public sealed class ContactDirectory(
    PluraDb db, ReadContact contacts, ListContactsHandler list, AddressReader reader, Duplicates duplicates, FieldBook fieldBook,
    CreateContactHandler create, EditContactHandler edit, TagContactHandler tag, Actor actor) : IContactDirectory
{
    public async Task<IReadOnlyDictionary<Guid, ContactCard>> Cards(IReadOnlyCollection<Guid> contactIds, CancellationToken ct) =>
        (await contacts.Many([.. contactIds.Distinct()], ct)).ToDictionary(c => c.Id, Card);

    public Task<bool> Hold(Guid contactId, CancellationToken ct) => ContactRows.Stay(db, contactId, ct);

    public Task<Guid?> LookedAfterBy(Guid contactId, CancellationToken ct) => db.Contacts.Where(c => c.Id == contactId).Select(c => c.AssigneeId).FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyList<ContactCard>> Search(string text, int limit, CancellationToken ct)
    {
        var page = await list.Handle(new ListContacts { Text = text.Length > 200 ? text[..200] : text, Sort = "name", Limit = Math.Clamp(limit, 1, 200) }, ct);
        return page.Ok ? [.. page.Value.Items.Select(Card)] : [];
    }

    public async Task<Result<Guid>> FindOrCreate(ContactDraft draft, CancellationToken ct)
    {
        var addresses = await reader.Read([draft.Email], [draft.Phone], ct);
        if (addresses.Refusal is { } refusal)
            return refusal;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await duplicates.Hold(addresses.Value, ct);
        var existing = await duplicates.Find(addresses.Value, except: null, await duplicates.Settings(ct), ct);
        var answer = existing is { } id ? await Fill(id, draft, addresses.Value, ct) : await create.Welcome(
            new CreateContact
            {
                FirstName = draft.FirstName,
                LastName = draft.LastName,
                Email = draft.Email,
                Phone = draft.Phone,
                Company = draft.Company,
                Source = draft.Source,
                Tags = [.. draft.Tags],
                Fields = new Dictionary<string, string>(draft.Fields, StringComparer.Ordinal),
            }, ct);
        if (answer.Ok && transaction is not null)
            await transaction.CommitAsync(ct);
        return answer;
    }

    public async Task<Result> Tag(Guid contactId, IReadOnlyList<string> tags, CancellationToken ct) =>
        (await tag.Handle(new TagContact { Ids = [contactId], Tags = [.. tags] }, ct)).Refusal is { } refusal ? refusal : Result.Done;

    public async Task<IReadOnlyList<ContactAddress>> Addresses(Guid contactId, CancellationToken ct) =>
        await db.ContactPoints.AsNoTracking().Where(p => p.ContactId == contactId)
            .OrderByDescending(p => p.IsPrimary).ThenBy(p => p.Position)
            .Select(p => new ContactAddress(p.Id, p.Kind == ContactPoint.Email ? Channels.Email : Channels.Sms, p.Normal, p.AddressKey, p.IsPrimary))
            .ToListAsync(ct);

    public async Task<IReadOnlyList<ContactAddress>> Typed(Guid contactId, string? email, string? phone, CancellationToken ct) =>
        await reader.Read([email], [phone], ct) is { Ok: true, Value: var typed }
            ? [.. (await Addresses(contactId, ct)).Where(a => typed.Any(t => t.Key == a.AddressKey))]
            : [];

    public async Task<IReadOnlyList<string>> Tags(CancellationToken ct) =>
        await db.Tags.AsNoTracking().OrderBy(t => t.Normal).Select(t => t.Name).ToListAsync(ct);

    public async Task<IReadOnlyList<NamedList>> SmartLists(CancellationToken ct) =>
        await db.SmartLists.AsNoTracking().Where(s => s.RemovedAt == null).OrderBy(s => s.Normal)
            .Select(s => new NamedList(s.Id, s.Name) { Offered = s.OwnerId == null || s.OwnerId == actor.Id }).ToListAsync(ct);

    /// <summary>What the person typed fills what was empty; what the account knows is not overwritten by a public form.</summary>
    private async Task<Result<Guid>> Fill(Guid id, ContactDraft draft, IReadOnlyList<ReadAddress> typed, CancellationToken ct)
    {
        var known = (await contacts.One(id, ct))!;
        var fields = await fieldBook.Read(draft.Fields, ct);
        if (fields.Refusal is { } refusal)
            return refusal;
        var edited = await edit.Handle(
            new EditContact
            {
                Id = id,
                FirstName = known.FirstName.Length == 0 && known.LastName.Length == 0 ? draft.FirstName : null,
                LastName = known.FirstName.Length == 0 && known.LastName.Length == 0 ? draft.LastName : null,
                Company = known.Company.Length == 0 ? draft.Company : null,
                Emails = await Further(id, ContactPoint.Email, typed, ct),
                Phones = await Further(id, ContactPoint.Phone, typed, ct),
                Fields = fields.Value.Where(f => f.Value.Length > 0 && !known.Fields.ContainsKey(f.Key)).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal),
            }, ct);
        if (edited.Refusal is { } notEdited)
            return notEdited;
        if (draft.Tags.Count > 0 && (await tag.Handle(new TagContact { Ids = [id], Tags = [.. draft.Tags] }, ct)).Refusal is { } notTagged)
            return notTagged;
        return id;
    }

    /// <summary>
    /// The contact's addresses of a kind and behind them the typed one; null where nothing is added: it is there already, it is another
    /// contact's, or there are as many as a contact may have. Nothing that is there gives way, because a stranger typed it.
    /// </summary>
    private async Task<List<string>?> Further(Guid id, string kind, IReadOnlyList<ReadAddress> typed, CancellationToken ct)
    {
        if (typed.FirstOrDefault(a => a.Kind == kind) is not { } address)
            return null;
        var has = await db.ContactPoints.AsNoTracking().Where(p => p.ContactId == id && p.Kind == kind)
            .OrderByDescending(p => p.IsPrimary).ThenBy(p => p.Position).Select(p => new { p.Value, p.Normal }).ToListAsync(ct);
        if (has.Count >= AddressReader.MostAddresses || has.Exists(p => p.Normal == address.Normal)
            || await duplicates.Find([address], id, await duplicates.Settings(ct), ct) is not null)
            return null;
        return [.. has.Select(p => p.Value), address.Value];
    }

    private static ContactCard Card(ContactView contact) => new(contact.Id, contact.Name, contact.Email, contact.Phone);
}
