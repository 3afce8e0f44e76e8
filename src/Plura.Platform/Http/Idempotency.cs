using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Plura.Platform;

/// <summary>
/// <c>Idempotency-Key</c> on POST /api: the first call's answer is kept and given again to whoever made it, and to nobody else: another caller's
/// same key is another key. Answers of 500 and above are not kept, because the caller should be able to try again.
/// </summary>
public static class Idempotency
{
    private const int LongestKey = 255;
    private const int LongestInMemory = 1 << 20;

    public static void UseIdempotency(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0 || !HttpMethods.IsPost(http.Request.Method) || !http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || http.RequestServices.GetRequiredService<Tenant>().Current is null)
            await next(http);
        else if (key.Length > LongestKey)
            await Refusal.Invalid("idempotency.key", $"An Idempotency-Key has at most {LongestKey} characters.").Problem().ExecuteAsync(http);
        else
            await Once(http, next, OfCaller(http.RequestServices.GetRequiredService<Actor>(), key));
    });

    private static async Task Once(HttpContext http, RequestDelegate next, string key)
    {
        // A scope of its own: what the handler leaves in its context must not be saved by us.
        await using var scope = http.RequestServices.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().EnterAs(http.RequestServices.GetRequiredService<Tenant>());
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        if (await HashOf(http) is not { } call)
        {
            await Unreadable().ExecuteAsync(http);
            return;
        }

        if (await db.Set<IdempotentReply>().FirstOrDefaultAsync(r => r.Key == key, http.RequestAborted) is { } earlier)
        {
            await Again(http, earlier, call);
            return;
        }

        var reply = IdempotentReply.Begin(key, call, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow());
        db.Add(reply);
        try
        {
            await db.SaveChangesAsync(http.RequestAborted);
        }
        catch (DbUpdateException)
        {
            await Running().ExecuteAsync(http);
            return;
        }

        var (outward, body) = (http.Response.Body, new MemoryStream());
        http.Response.Body = body;
        var finished = false;
        try
        {
            await next(http);
            finished = http.Response.StatusCode < 500;
        }
        finally
        {
            http.Response.Body = outward;
            if (finished)
                reply.Answered(http.Response.StatusCode, http.Response.ContentType, body.ToArray());
            else
                db.Remove(reply);
            await db.SaveChangesAsync(CancellationToken.None);
        }

        body.Position = 0;
        await body.CopyToAsync(outward, http.RequestAborted);
    }

    private static async Task Again(HttpContext http, IdempotentReply earlier, byte[] call)
    {
        if (!CryptographicOperations.FixedTimeEquals(earlier.Call, call))
        {
            await Refusal.Invalid("idempotency.reused", "This Idempotency-Key was used for another request.").Problem().ExecuteAsync(http);
            return;
        }

        if (earlier.Status == 0)
        {
            await Running().ExecuteAsync(http);
            return;
        }

        http.Response.StatusCode = earlier.Status;
        http.Response.ContentType = earlier.ContentType;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        if (earlier.Body.Length > 0)
            await http.Response.Body.WriteAsync(earlier.Body, http.RequestAborted);
    }

    private static IResult Unreadable() => Refusal.Invalid("request.form", "The form could not be read, or is longer than it may be.").Problem();

    private static IResult Running() => Refusal.Conflict("idempotency.running", "The first request with this Idempotency-Key is still being answered.").Problem();

    /// <summary>The key as it is kept: a hash, which says nothing of the caller to whoever chooses keys.</summary>
    private static string OfCaller(Actor caller, string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Kind} {caller.Id}\n{key}")));

    /// <summary>What tells one call from another: all that was sent, word for word. Null where it is a form that cannot be read.</summary>
    private static async Task<byte[]?> HashOf(HttpContext http)
    {
        var request = http.Request;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{request.ContentType?.Split(';')[0]}\n"));
        if (request.HasFormContentType)
            return await AddForm(hash, http) ? hash.GetHashAndReset() : null;
        // What is longer waits in a file, so that the handler reads it as it came.
        request.EnableBuffering(LongestInMemory);
        await Add(hash, request.Body, http.RequestAborted);
        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    /// <summary>Fields and files by themselves: what stands between them is chosen anew for each sending.</summary>
    private static async Task<bool> AddForm(IncrementalHash hash, HttpContext http)
    {
        var most = http.GetEndpoint()?.Metadata.GetMetadata<UploadLimit>()?.Bytes(http.RequestServices);
        if (most is not null && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = most;
        IFormCollection form;
        try
        {
            form = await http.Request.ReadFormAsync(most is { } limit ? new FormOptions { MultipartBodyLengthLimit = limit } : new FormOptions(), http.RequestAborted);
        }
        catch (InvalidDataException)
        {
            // Not a form, or longer than one may be: the answer says so.
            return false;
        }

        foreach (var (name, values) in form)
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(values.Prepend(name)));
        foreach (var file in form.Files)
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes<object[]>([file.Name, file.FileName, file.Length]));
            await using var content = file.OpenReadStream();
            await Add(hash, content, http.RequestAborted);
        }

        return true;
    }

    private static async Task Add(IncrementalHash hash, Stream content, CancellationToken ct)
    {
        var buffer = new byte[81920];
        for (var read = await content.ReadAsync(buffer, ct); read > 0; read = await content.ReadAsync(buffer, ct))
            hash.AppendData(buffer.AsSpan(0, read));
    }
}

/// <summary>On an endpoint that takes files: how long a body it reads, where that is more than others may send.</summary>
public sealed record UploadLimit(Func<IServiceProvider, long> Bytes);
