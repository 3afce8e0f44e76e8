using Plura.Platform.Postgres;
using Plura.Web;

try
{
    return args is [] or ["--urls", ..] or ["serve", ..]
        ? await Serving.Serve(args)
        : await Commanding.Run(args);
}
catch (PlainException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 1;
}
