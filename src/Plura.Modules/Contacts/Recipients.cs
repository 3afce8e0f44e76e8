using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>Turns audiences into SQL, and reads what a message needs to know of many recipients at once.</summary>
public sealed class Recipients(PluraDb db, Filters filters, FieldBook fieldBook) : IRecipients
{
    private List<CustomField>? listed;

    public async Task<Result<AudienceSql>> Audience(Audience audience, string channel, CancellationToken ct)
    {
        if (!audience.All && audience.Tags.Count == 0 && audience.SmartList is null)
            return Refusal.Invalid("audience.empty", "Choose who gets it: everyone, a tag, or a smart list.", "Audience");
        var wanted = new List<ContactFilter>();
        if (audience.Tags.Count > 0)
            wanted.Add(new Condition("tag", "is", audience.Tags));
        var refused = new List<ContactFilter>();
        if (audience.ExceptTags.Count > 0)
            refused.Add(new Condition("tag", "is", audience.ExceptTags));
        foreach (var (id, into) in (IEnumerable<(Guid?, List<ContactFilter>)>)[(audience.SmartList, wanted), (audience.ExceptSmartList, refused)])
        {
            if (id is null)
                continue;
            var search = await Saved(id.Value, ct);
            if (search.Refusal is { } refusal)
                return refusal;
            into.Add(search.Value);
        }

        var filter = new AllOf([audience.All ? ContactFilter.Everyone : new AnyOf(wanted), new Not(new AnyOf(refused))]);
        var compiled = await filters.Compile(filter, "audience", 1, ct);
        if (compiled.Refusal is { } invalid)
            return invalid;
        return Of(compiled.Value.Sql, compiled.Value.Parameters, channel);
    }

    public AudienceSql Of(Guid[] contacts, string channel) => Of("c.id = any(@audience_1)", [new NpgsqlParameter("audience_1", contacts)], channel);

    // Both tenants are named: the planner cannot carry equality through row security's own predicate.
    private AudienceSql Of(string where, IEnumerable<NpgsqlParameter> parameters, string channel) => new($"""
        select c.id as contact_id, a.id as contact_point_id, a.address_key, c.minor
        from contacts.contact c
        join contacts.contact_point a on a.tenant_id = c.tenant_id and a.contact_id = c.id and a.kind = @audience_0 and a.is_primary
        where c.tenant_id = @tenant and a.tenant_id = @tenant and {where}
        """,
        [new NpgsqlParameter("tenant", db.Tenant.Id), new NpgsqlParameter("audience_0", channel == Channels.Email ? ContactPoint.Email : ContactPoint.Phone), .. parameters]);

    public async Task<IReadOnlyDictionary<Guid, Recipient>> Load(NpgsqlConnection connection, IReadOnlyCollection<Guid> contactPointIds, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = """
            select a.id, a.contact_id, a.normal, a.address_key, c.minor, c.first_name, c.last_name, c.company, c.fields,
                   e.normal, p.normal, c.city, c.country, c.date_of_birth, a.kind, c.region, c.time_zone
            from contacts.contact_point a
            join contacts.contact c on c.tenant_id = a.tenant_id and c.id = a.contact_id
            left join contacts.contact_point e on e.tenant_id = a.tenant_id and e.contact_id = a.contact_id and e.kind = 'email' and e.is_primary
            left join contacts.contact_point p on p.tenant_id = a.tenant_id and p.contact_id = a.contact_id and p.kind = 'phone' and p.is_primary
            where a.tenant_id = $1 and c.tenant_id = $1 and a.id = any($2)
            """;
        listed ??= [.. (await fieldBook.Every(CustomField.OnContacts, ct)).Where(f => f.Kind is CustomField.Multiple or CustomField.File)];
        command.Parameters.Add(new NpgsqlParameter { Value = db.Tenant.Id });
        command.Parameters.Add(new NpgsqlParameter { Value = contactPointIds.ToArray() });
        var found = new Dictionary<Guid, Recipient>(contactPointIds.Count);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var (first, last, company) = (row.GetString(5), row.GetString(6), row.GetString(7));
            var email = row.IsDBNull(9) ? null : row.GetString(9);
            var phone = row.IsDBNull(10) ? null : row.GetString(10);
            var json = row.GetString(8);
            found[row.GetGuid(0)] = new Recipient(row.GetGuid(1), row.GetGuid(0), row.GetString(2), row.GetGuid(3), row.GetBoolean(4), new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["first_name"] = first,
                ["last_name"] = last,
                ["name"] = $"{first} {last}".Trim(),
                ["company"] = company,
                ["email"] = email ?? "",
                ["phone"] = phone ?? "",
                ["city"] = row.GetString(11),
                ["country"] = row.GetString(12),
                ["date_of_birth"] = row.IsDBNull(13) ? "" : row.GetFieldValue<DateOnly>(13).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["fields"] = json.Length <= 2 ? [] : Lines(JsonSerializer.Deserialize<Dictionary<string, object?>>(json, Plain)!),
            })
            {
                Lives = row.GetString(14) == ContactPoint.Phone ? new Whereabouts(row.GetString(12), row.GetString(15), row.GetString(16)) : null,
            };
        }

        return found;
    }

    public async Task<IReadOnlyList<MergeField>> MergeFields(CancellationToken ct) =>
    [
        new("contact.first_name", "First name", "Ann"),
        new("contact.last_name", "Last name", "Miller"),
        new("contact.name", "Full name", "Ann Miller"),
        new("contact.email", "E-mail", "ann@example.com"),
        new("contact.phone", "Phone", "+14155550123"),
        new("contact.company", "Company", "Miller Roofing"),
        new("contact.city", "City", "Portland"),
        new("contact.country", "Country", "US"),
        new("contact.date_of_birth", "Date of birth", "1984-05-02"),
        // A file stands in no letter, and in no form.
        .. (await fieldBook.All(ct)).Where(f => !f.IsFile).Select(f => new MergeField($"contact.fields.{f.Key}", f.Label, Example(f))),
    ];

    /// <summary>Several choices stand in a letter as on one line, and of a file its name.</summary>
    private Dictionary<string, object?> Lines(Dictionary<string, object?> fields)
    {
        foreach (var field in listed!)
        {
            if (fields.GetValueOrDefault(field.Key) is string value)
                fields[field.Key] = FieldValues.Listed(field, value);
        }

        return fields;
    }

    private static readonly JsonSerializerOptions Plain = new() { Converters = { new TextValues() } };

    private static string Example(CustomField field) => field.Kind switch
    {
        CustomField.Number => "12.5",
        CustomField.Date => "2026-11-23",
        CustomField.Checkbox => "true",
        CustomField.Money => "1250.00",
        CustomField.Phone => "+14155550123",
        CustomField.Email => "ann@example.com",
        CustomField.Url => "https://example.com",
        CustomField.Choice or CustomField.Multiple => field.Choosable()[0],
        _ => "text",
    };

    private async Task<Result<ContactFilter>> Saved(Guid id, CancellationToken ct) =>
        await db.SmartLists.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.RemovedAt == null, ct) is { } search
            ? ContactFilter.Read(search.Filter)
            : Refusal.Invalid("audience.search", "This smart list does not exist any more. Choose another one.", "Audience");

    /// <summary>Templates want text, not JSON elements.</summary>
    private sealed class TextValues : System.Text.Json.Serialization.JsonConverter<object?>
    {
        public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
