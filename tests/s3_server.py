"""Run by tests/s3.py in the environment of requirements-s3.txt, with a certificate and its key: serves a bucket kkb on
this machine, and prints its port and the one key and secret that open it."""

import json
import logging
import ssl
import sys
import threading
import urllib.request

import boto3
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}


def main(certificate, private):
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    application = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, application, threaded=True, ssl_context=(certificate, private))
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    address = f"https://localhost:{server.port}"
    anybody = {"aws_access_key_id": "siapa-saja", "aws_secret_access_key": "apa-saja"}
    where = {"endpoint_url": address, "region_name": "us-east-1", "verify": certificate, **anybody}
    people = boto3.client("iam", **where)
    people.create_user(UserName="kkb")
    people.put_user_policy(UserName="kkb", PolicyName="semua", PolicyDocument=json.dumps(ALL))
    made = people.create_access_key(UserName="kkb")["AccessKey"]
    boto3.client("s3", **where).create_bucket(Bucket="kkb")
    strict = urllib.request.Request(f"{address}/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"})
    urllib.request.urlopen(strict, context=ssl.create_default_context(cafile=certificate), timeout=20)
    print(server.port, made["AccessKeyId"], made["SecretAccessKey"], flush=True)
    serving.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
