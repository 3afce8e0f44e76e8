using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Tests.Contacts;

/// <summary>Fields of files for tests, filled as a program would.</summary>
internal static class FilledFiles
{
    /// <summary>Makes a field called Contract; answers its id.</summary>
    public static async Task<Guid> ContractField(this TestAccount account, string entity = "contact", bool required = false) =>
        (await account.Api.PostJson("/api/v1/fields", new { label = "Contract", kind = "file", privacy = "personal", entity, required })).GetProperty("id").GetGuid();

    public static async Task<HttpResponseMessage> PostFile(this TestAccount account, Guid field, string name, byte[] bytes)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", name } };
        return await account.Api.Post($"/api/v1/fields/{field}/files", form);
    }

    /// <summary>Uploads a file; answers the value for the field.</summary>
    public static async Task<string> Upload(this TestAccount account, Guid field, string name = "contract.pdf", params byte[] bytes)
    {
        using var answer = await account.PostFile(field, name, bytes.Length == 0 ? [1, 2, 3] : bytes);
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("value").GetString()!;
    }

    /// <summary>A file for the contacts' field <c>paper</c>.</summary>
    public static Task<string> KeepPaper(this TestAccount account, string name) => account.In(async services =>
    {
        var field = await services.GetRequiredService<PluraDb>().CustomFields.SingleAsync(f => f.Key == "paper");
        using var bytes = new MemoryStream([1]);
        var kept = (await services.GetRequiredService<Plura.Contacts.FieldFiles>().Keep(field, name, bytes, default)).Value;
        return Plura.Contacts.FileValues.Of(kept.Id, kept.FileName);
    });

    /// <summary>Changes fields of a thing; answers the refusal's sentence, or nothing.</summary>
    public static async Task<string?> PutFields(this TestAccount account, string path, object fields)
    {
        using var answer = await account.Api.Send(HttpMethod.Patch, $"/api/v1/{path}", JsonContent.Create(new { fields }), follow: false, accept: "application/json");
        return answer.IsSuccessStatusCode ? null : await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The bytes that a field of a thing gives out; null where there is none.</summary>
    public static async Task<byte[]?> Download(this TestAccount account, string path, string key = "contract")
    {
        using var answer = await account.Api.Send(HttpMethod.Get, $"/api/v1/{path}/fields/{key}/file");
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync() : null;
    }
}
