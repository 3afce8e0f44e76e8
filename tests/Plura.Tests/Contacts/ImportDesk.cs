using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Plura.Tests.Contacts;

/// <summary>Imports through the API of one account, as a script would, and looks at what stands in the tables.</summary>
public sealed class ImportDesk(TestAccount account)
{
    public const string Word = """{"email":{"source":"Front desk","wording":"I want the newsletter.","date":"2026-10-01"},"sms":{"source":"Front desk","wording":"You may text me.","date":"2026-10-01"}}""";

    /// <summary>Sends the file; answers the status and the body.</summary>
    public async Task<(int Status, JsonElement Body)> Send(byte[] file, string? mapping = null, string? attestation = null, string? tags = null, bool dryRun = false, string? policy = "fill", string name = "people.csv", string? sheet = null, string? kept = null)
    {
        var form = new MultipartFormDataContent();
        var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(part, "file", name);
        foreach (var (key, value) in new[] { ("mapping", mapping), ("attestation", attestation), ("tags", tags), ("dryRun", dryRun ? "true" : "false"), ("policy", policy), ("sheet", sheet), ("keptMapping", kept) })
        {
            if (value is not null)
                form.Add(new StringContent(value), key);
        }

        using var answer = await account.Api.Send(HttpMethod.Post, "/api/v1/imports", form, follow: false, accept: "application/json");
        return ((int)answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>Imports and waits for the end.</summary>
    public async Task<Ended> Import(string csv, string? mapping = null, string? attestation = null, string? tags = null, bool dryRun = false, string? policy = "fill", string? kept = null)
    {
        var (status, body) = await Send(Encoding.UTF8.GetBytes(csv), mapping, attestation, tags, dryRun, policy, kept: kept);
        Assert.True(status == 202, body.ToString());
        Assert.Equal("running", body.GetProperty("state").GetString());
        await account.Work();
        return await Look(body.GetProperty("id").GetGuid());
    }

    public async Task<Ended> Undo(Ended import)
    {
        using var answer = await account.Api.Post($"/api/v1/imports/{import.Id}/undo", new { });
        Assert.Equal(202, (int)answer.StatusCode);
        await account.Work();
        return await Look(import.Id);
    }

    public async Task<Ended> Look(Guid id) => new(id, await account.Api.GetJson($"/api/v1/imports/{id}"));

    public async Task<string> Errors(Ended import)
    {
        using var answer = await account.Api.Send(HttpMethod.Get, import.Body.GetProperty("errorsUrl").GetString()!, accept: "text/csv");
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>One line per contact: names, company, fields, addresses and tags.</summary>
    public async Task<List<string>> People()
    {
        await using var open = await account.Open();
        var rows = await open.Rows("""
            select c.first_name || '|' || c.last_name || '|' || c.company || '|' || c.fields::text || '|' ||
                coalesce((select string_agg(p.normal || case when p.is_primary then '*' else '' end, ' ' order by p.kind, p.position) from contacts.contact_point p where p.contact_id = c.id), '') || '|' ||
                coalesce((select string_agg(t.name, ' ' order by t.normal) from contacts.contact_tag g join contacts.tag t on t.id = g.tag_id where g.contact_id = c.id), '')
            from contacts.contact c order by c.sort_name, c.id
            """);
        return rows.ConvertAll(r => (string)r[0]!);
    }

    /// <summary>Everything of the account's address book, byte by byte, but the imports themselves and which transaction wrote what.</summary>
    public Task<string?> Fingerprint() => account.Ask<string>("""
        select md5(string_agg(line, E'\n' order by line)) from (
            select 'c' || (to_jsonb(c) - 'changed_in')::text from contacts.contact c union all select 'p' || p::text from contacts.contact_point p
            union all select 't' || t::text from contacts.tag t union all select 'g' || g::text from contacts.contact_tag g
            union all select 'f' || f::text from contacts.custom_field f union all select 'h' || h::text from contacts.contact_change h
            union all select 's' || s.address_key || s.channel || s.act || s.proof || s.seq from privacy.consent_state s) x (line)
        """);

    /// <summary>Per channel, how many addresses hold a permission now.</summary>
    public Task<long> Permissions(string channel) =>
        account.Ask<long>("select count(*) from privacy.consent_state where channel = $1 and act in ('granted', 'attested')", channel);
}

/// <summary>An import as the API shows it.</summary>
public sealed record Ended(Guid Id, JsonElement Body)
{
    public string State => Body.GetProperty("state").GetString()!;

    public int this[string count] => Body.GetProperty("counts").GetProperty(count).GetInt32();

    /// <summary>new, updated, duplicate, suppressed, invalid.</summary>
    public int[] Counts => [this["new"], this["updated"], this["duplicate"], this["suppressed"], this["invalid"]];
}
